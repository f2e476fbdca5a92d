// Splits a query into words and folds them as they stand in the index. The rules are those of the
// server's class Words, in the same order, but that traditional characters of Chinese stay what they
// are: a site says which of them it knows in simplified form.

const NONE = 0;
const LETTER = 1;
const DIGIT = 2;
const ALONE = 3;
const MARK = 4;

const UNSPACED =
  /^(?:\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Thai}|\p{sc=Lao}|\p{sc=Khmer}|\p{sc=Myanmar}|\p{sc=Bopomofo}|[\u30fc\uff70])$/u;
const APOSTROPHE = /^['\u2019\u2018\u02bc\uff07]$/;
const CURRENCY = /^\p{Sc}$/u;
const ELIDED = new Set(
  ('c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu dell nell sull dall all coll pell gl agl dagl degl negl sugl'
    + ' un quest quell sant bell dov com cos nessun ciascun alcun').split(' '),
);
const CONTRACTED = new Set('s t d m ll re ve em n clock'.split(' '));
const APART = { us: 'u.s', it: 'i.t', who: 'w.h.o' };
const LETTERS = {
  'ß': 'ss', 'ẞ': 'ss', 'æ': 'ae', 'Æ': 'ae', 'œ': 'oe', 'Œ': 'oe', 'ø': 'o', 'Ø': 'o', 'đ': 'd', 'Đ': 'd',
  'ð': 'd', 'Ð': 'd', 'þ': 'th', 'Þ': 'th', 'ł': 'l', 'Ł': 'l', 'ı': 'i', 'ς': 'σ',
  '\u066b': '.', '\u066a': '%', '\u0671': '\u0627', '\u06a9': '\u0643', '\u0649': '\u064a', '\u06cc': '\u064a',
  '\u06d2': '\u064a', '\u0629': '\u0647', '\u06c0': '\u0647', '\u06c1': '\u0647', '\u06d5': '\u0647',
};
const DROPPED =
  /["\u0640\u066c\u05f3\u05f4\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\ufe00-\ufe0f]|\p{Cf}|\p{Emoji_Modifier}/u;

function typeOf(c) {
  if (c === undefined) {
    return NONE;
  }
  if (c === '\uff9e' || c === '\uff9f') {
    return MARK;
  }
  if (/^[\p{L}\p{Nl}]$/u.test(c)) {
    return c >= '\u0e00' && UNSPACED.test(c) ? ALONE : LETTER;
  }
  if (/^[\p{Nd}\p{No}]$/u.test(c)) {
    return DIGIT;
  }
  if (/^[\p{M}\p{Cf}]$/u.test(c) || /^\p{Emoji_Modifier}$/u.test(c)) {
    return MARK;
  }
  return /^\p{So}$/u.test(c) && /^\p{Emoji}$/u.test(c) && c !== '\u2122' && c >= '\u203c' ? ALONE : NONE;
}

/** Whether a sign of per cent or of a currency stands beside a number. */
function isUnit(text, at) {
  const percent = /^[%\uff05\u066a]$/.test(text[at]);
  if (!percent && !CURRENCY.test(text[at])) {
    return false;
  }
  let before = at - 1;
  const open = before < 0 || typeOf(text[before]) === NONE;
  if (before > 0 && /^\p{Z}$/u.test(text[before])) {
    before--;
  }
  const ahead = typeOf(text[at + 1]) === DIGIT;
  return (before >= 0 && typeOf(text[before]) === DIGIT) || (ahead && (open || !percent));
}

function endOfMarks(text, from) {
  let at = from;
  while (at < text.length && typeOf(text[at]) === MARK) {
    at++;
  }
  return at;
}

const KATAKANA = /^[\u30a1-\u30fc\uff66-\uff9f]$/;
const LONG_VOWEL = /^[\u30fc\uff70]$/;

/** The end of a word of one character: with its marks, and a long vowel that ends a longer word of kana. */
function endOfAlone(text, start, from) {
  const end = endOfMarks(text, from);
  const isLong = LONG_VOWEL.test(text[end] ?? '') && !KATAKANA.test(text[end + 1] ?? '') && !LONG_VOWEL.test(text[start])
    && start >= 2 && [start, start - 1, start - 2].every(at => KATAKANA.test(text[at]));
  return isLong ? end + 1 : end;
}

function isElided(text, start, apostrophe) {
  if (!APOSTROPHE.test(text[apostrophe]) || !ELIDED.has(text.slice(start, apostrophe).join('').toLowerCase())) {
    return false;
  }
  let end = apostrophe + 1;
  while (end < text.length && /^\p{L}$/u.test(text[end])) {
    end++;
  }
  return !CONTRACTED.has(text.slice(apostrophe + 1, end).join('').toLowerCase());
}

function joins(text, at, type) {
  const c = text[at];
  const gershayim = /[\u05f3\u05f4]/.test(c)
    || (c === '"' && /[\u05d0-\u05ea]/.test(text[at - 1] ?? '') && /[\u05d0-\u05ea]/.test(text[at + 1] ?? ''));
  return type === LETTER ? APOSTROPHE.test(c) || gershayim : /[.,\u066b\u066c]/.test(c);
}

function endOfRun(text, start, from, type) {
  let at = from;
  while (at < text.length) {
    const next = typeOf(text[at]);
    if (next === type || next === MARK) {
      at++;
    } else if (next === NONE && joins(text, at, type) && typeOf(text[at + 1]) === type) {
      if (type === LETTER && isElided(text, start, at)) {
        return at;
      }
      at++;
    } else {
      break;
    }
  }
  if (type !== LETTER || at - start !== 1) {
    return at;
  }
  let end = at;
  while (/[._]/.test(text[end] ?? '') && typeOf(text[end + 1]) === LETTER && typeOf(text[end + 2]) === NONE) {
    end += 2;
  }
  if (end > at) {
    return end;
  }
  end = text[at] === '+' && text[at + 1] === '+' ? at + 2 : text[at] === '#' ? at + 1 : at;
  return typeOf(text[end]) === NONE ? end : at;
}

/** Whether a stop begins a name such as .NET. */
function beginsName(text, stop) {
  if (stop > 0 && !/\s/.test(text[stop - 1])) {
    return false;
  }
  const [letters] = /^\p{L}*/u.exec(text.slice(stop + 1).join(''));
  return [...letters].length > 1 && (letters === letters.toLowerCase() || letters === letters.toUpperCase());
}

function foldWord(word, isShouted) {
  const text = [...(word.length > 1 ? word.replace(/[\u30fc\uff70]$/, '') : word).normalize('NFKD')];
  let folded = '';
  text.forEach((c, at) => {
    if (/[\u0300-\u036f]/.test(c)) {
      folded += c === '\u0306' && /[иИ]/.test(text[at - 1]) ? c : '';
    } else if (APOSTROPHE.test(c)) {
      const possessive = at + 2 === text.length && /s/i.test(text[at + 1]) && /s/i.test(text[at - 1] ?? '');
      folded += possessive ? "'" : '';
    } else if (c === ',') {
      folded += /^\d*/.exec(text.slice(at + 1).join(''))[0].length === 3 ? '' : '.';
    } else if (c === '.' || c === '_') {
      folded += folded !== '' && !/\p{L}$/u.test(folded) ? c : folded === '' && text.length > 1 ? c : '';
    } else if (c >= '\u0900' && c <= '\u0d7f' && !/\p{Nd}/u.test(c)) {
      folded += indic(text, at);
    } else if (LETTERS[c] !== undefined) {
      folded += LETTERS[c];
    } else if (/^\p{Nd}$/u.test(c) && c > '9') {
      folded += digit(c);
    } else if (!DROPPED.test(c)) {
      folded += c.toLowerCase();
    }
  });
  folded = folded.normalize('NFC');
  const kept = APART[folded];
  if (kept !== undefined && (word.length > folded.length || (word === word.toUpperCase() && !isShouted))) {
    return kept;
  }
  return folded;
}

/** A decimal digit of any script: each block of ten begins with its zero. */
function digit(c) {
  let zero = c.codePointAt(0);
  const own = zero;
  while (own - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) {
    zero--;
  }
  return String(own - zero);
}

const ROWS = { 0x19: 0x15, 0x1e: 0x1a, 0x23: 0x1f, 0x28: 0x24, 0x2e: 0x2a };

function isNasalOfRow(text, at) {
  const letter = index => (text[index]?.codePointAt(0) ?? -1) % 0x80;
  const from = ROWS[letter(at)];
  return at >= 0 && letter(at + 1) === 0x4d && from !== undefined && letter(at + 2) >= from && letter(at + 2) < from + 4;
}

function indic(text, at) {
  const c = text[at].codePointAt(0);
  const anusvara = String.fromCodePoint(c - (c % 0x80) + 2);
  switch (c % 0x80) {
    case 0x01:
      return anusvara;
    case 0x3c:
      return '';
    case 0x4d:
      return isNasalOfRow(text, at - 1) ? '' : text[at];
    default:
      return isNasalOfRow(text, at) ? anusvara : text[at];
  }
}

/** The words of a text, folded, in order. */
export function wordsOf(string) {
  const text = [...string];
  const all = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    let type = typeOf(text[at]);
    if (type === NONE && text[at] === '.' && beginsName(text, at)) {
      type = LETTER;
      at++;
    } else if (type === NONE && isUnit(text, at)) {
      type = ALONE;
    }
    at++;
    if (type === NONE || type === MARK) {
      continue;
    }
    at = type === ALONE ? endOfAlone(text, start, at) : endOfRun(text, start, at, type);
    const others = text.slice(0, start).concat(text.slice(at)).join('');
    const isShouted = !/\p{Ll}/u.test(string) && /\p{Lu}/u.test(others);
    all.push(foldWord(text.slice(start, at).join(''), isShouted).slice(0, 200));
  }
  return all;
}
