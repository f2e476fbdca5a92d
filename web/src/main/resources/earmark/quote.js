// Quotations: of a hit, of a turn, and of what is selected in a transcript. A box shows the words with
// who said them, where and when, in the form that is wanted, to be copied, shared or saved.

import { pngOf } from './card.js';
import { asBibTex, asRis } from './citation.js';
import { onKey } from './keys.js';
import { asHtml, asMarkdown, asText } from './quotation.js';
import { characterAt, clock, timeOf } from './transcript.js';

const FORMS = { text: asText, markdown: asMarkdown, html: asHtml, bib: asBibTex, ris: asRis };
const WORDS_IN_LINK = 8;
const SENTENCE_END = /[.!?…。！？؟।]["'”’»)\]]*\s*$/u;

const IN_WORD = /[\p{L}\p{M}\p{N}'’-]/u;

const page = document.querySelector('.episode-page');
const bar = document.getElementById('selected');
const box = document.getElementById('quotation');
const field = document.getElementById('quotation-text');
const status = document.getElementById('status');
let shown = null;
let range = null;

function one(text) {
  return text.replace(/\s+/g, ' ').trim();
}

// What is quoted.

/** The quotation of a hit: its words as they are shown, and what its line says of it. */
function ofHit(hit) {
  const { words, speaker, title, show, date, at, document, link } = hit.dataset;
  const text = words ?? one(hit.querySelector('.said, .moment-title').textContent);
  const before = text.startsWith('… ');
  const after = text.endsWith(' …');
  const inner = text.slice(before ? 2 : 0, after ? -2 : undefined).trim();
  return {
    lines: [{ speaker: speaker ?? null, words: inner, before, after }],
    document,
    title,
    show,
    date,
    at,
    link: new URL(link, location.href).href,
  };
}

function isWithinWord(text, at) {
  return IN_WORD.test(text[at - 1]) && IN_WORD.test(text[at]);
}

/** The parts of texts that a range covers, each with its first and last character, in whole words. */
function coveredBy(range) {
  const within = range.commonAncestorContainer;
  const root = within.nodeType === Node.ELEMENT_NODE ? within : within.parentElement;
  const near = root.closest('.text');
  const texts = near ? [near] : [...root.querySelectorAll('.documents .text')];
  return texts.filter(text => range.intersectsNode(text)).map(text => {
    const content = text.textContent;
    let from = text.contains(range.startContainer) ? characterAt(text, range.startContainer, range.startOffset) : 0;
    let to = text.contains(range.endContainer)
      ? characterAt(text, range.endContainer, range.endOffset)
      : content.length;
    while (from < to && /\s/.test(content[from])) {
      from++;
    }
    while (to > from && /\s/.test(content[to - 1])) {
      to--;
    }
    if (from < to) {
      while (from > 0 && isWithinWord(content, from)) {
        from--;
      }
      while (to < content.length && isWithinWord(content, to)) {
        to++;
      }
    }
    return { text, from, to };
  }).filter(part => part.to > part.from);
}

function speakerOf(text) {
  return text.closest('.turn')?.dataset.speaker
    ?? (text.closest('.moment')?.querySelector('.speaker')?.textContent.trim() || null);
}

/** The texts a line of a quotation is cut from: all of a turn, else that text alone. */
function wholeOf(text) {
  const turn = text.closest('.turn');
  return turn ? [...turn.querySelectorAll('.text')] : [text];
}

function isCutBefore({ text, from }) {
  const whole = wholeOf(text);
  const before = whole.slice(0, whole.indexOf(text)).map(other => other.textContent).join(' ')
    + ' ' + text.textContent.slice(0, from);
  return before.trim() !== '' && !SENTENCE_END.test(before);
}

function isCutAfter({ text, to }) {
  const whole = wholeOf(text);
  const after = text.textContent.slice(to) + whole.slice(whole.indexOf(text) + 1).map(other => other.textContent).join('');
  return after.trim() !== '' && !SENTENCE_END.test(text.textContent.slice(0, to));
}

/** The quotation of parts of texts of this page: a line for each speaker in a row. */
function ofParts(parts) {
  const lines = [];
  for (const part of parts) {
    const speaker = speakerOf(part.text);
    const words = one(part.text.textContent.slice(part.from, part.to));
    const last = lines.at(-1);
    const spoken = part.text.closest('.turn') !== null;
    if (last && last.speaker === speaker && last.spoken && spoken) {
      last.words += ' ' + words;
      last.after = isCutAfter(part);
    } else {
      lines.push({ speaker, words, spoken, before: isCutBefore(part), after: isCutAfter(part) });
    }
  }
  const [first] = parts;
  const end = parts.at(-1);
  const from = timeOf(first.text, first.from) ?? momentTime(first.text, 'from');
  const to = timeOf(end.text, end.to) ?? momentTime(end.text, 'to');
  const written = first.text.closest('.turn') ? null : first.text.closest('.document')?.querySelector('h2')?.textContent;
  return {
    lines,
    document: lines.length === 1 && lines[0].speaker ? null : written,
    title: page.dataset.title,
    show: page.dataset.show,
    date: page.dataset.date,
    at: Number.isNaN(from) ? null : clock(from),
    link: linkTo(lines[0].words, from, to),
  };
}

function momentTime(text, which) {
  const time = text.closest('.moment')?.dataset[which];
  return time === undefined ? NaN : Number(time);
}

/** A link to a stretch of the recording and the words it is about, which outlast its seconds. */
function linkTo(words, fromMs, toMs) {
  const address = new URL(page.dataset.path, location.href);
  const quoted = words.split(/\s+/).slice(0, WORDS_IN_LINK).join(' ').replace(/["“”„]/g, '');
  if (!Number.isNaN(fromMs)) {
    const from = Math.floor(fromMs / 1000);
    const to = Math.ceil(toMs / 1000);
    address.searchParams.set('t', to > from ? from + ',' + to : String(from));
  }
  address.searchParams.set('q', '"' + quoted + '"');
  // A comma may stand as it is, and people read these.
  return address.href.replace('%2C', ',');
}

function ofSelection() {
  const selection = getSelection();
  if (!page || selection.rangeCount === 0 || selection.isCollapsed) {
    return null;
  }
  const parts = coveredBy(selection.getRangeAt(0));
  return parts.length === 0 ? null : ofParts(parts);
}

/** The quotation of a whole turn; where nobody is named, of the paragraph alone. */
function ofTurn(moment) {
  const turn = moment.closest('.turn');
  const texts = turn?.dataset.speaker ? [...turn.querySelectorAll('.text')] : [...moment.querySelectorAll('.text')];
  return ofParts(texts.map(text => ({ text, from: 0, to: text.textContent.length })));
}

// The box.

function form() {
  return box.querySelector('[name=form]:checked').value;
}

function fill() {
  field.value = FORMS[form()](shown);
}

function open(quotation) {
  const selection = getSelection();
  range = selection.rangeCount > 0 && !selection.isCollapsed ? selection.getRangeAt(0).cloneRange() : null;
  shown = quotation;
  fill();
  field.dir = 'auto';
  box.showModal();
  box.querySelector('[data-take=copy]').focus();
}

function tell(button, text) {
  const label = button.querySelector('span');
  const before = label.dataset.label ?? label.textContent;
  label.dataset.label = before;
  label.textContent = text;
  status.textContent = text + '.';
  setTimeout(() => {
    label.textContent = before;
  }, 1500);
}

/** Copies a text; as HTML also in the form that a word processor sets as a quotation. */
async function copy(button, text, html) {
  try {
    if (html && 'ClipboardItem' in window) {
      const types = { 'text/plain': text, 'text/html': html };
      await navigator.clipboard.write([
        new ClipboardItem(Object.fromEntries(
          Object.entries(types).map(([type, content]) => [type, new Blob([content], { type })]),
        )),
      ]);
    } else {
      await navigator.clipboard.writeText(text);
    }
    tell(button, 'Copied');
  } catch {
    // Where the browser does not let us, it is selected, to be copied by hand.
    field.focus();
    field.select();
    tell(button, 'Could not copy');
  }
}

async function saveImage(button) {
  const file = await pngOf(shown);
  if (navigator.canShare?.({ files: [file] }) && matchMedia('(pointer: coarse)').matches) {
    await navigator.share({ files: [file], title: shown.title, url: shown.link }).catch(() => {});
    return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  tell(button, 'Saved');
}

// A box takes the selection away from what is behind it.
box.addEventListener('close', () => {
  if (range) {
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }
});

box.addEventListener('change', event => {
  if (event.target.name === 'form') {
    fill();
  }
});

box.addEventListener('click', event => {
  const button = event.target.closest('button[data-take]');
  if (event.target === box) {
    box.close();
  } else if (button?.dataset.take === 'copy') {
    copy(button, field.value, form() === 'html' ? field.value : null);
  } else if (button?.dataset.take === 'image') {
    saveImage(button);
  } else if (button?.dataset.take === 'share') {
    navigator.share({ title: shown.title, text: field.value }).catch(() => {});
  }
});

box.querySelector('[data-take=share]').hidden = !navigator.share;
document.documentElement.classList.add('quotes');

document.addEventListener('click', event => {
  const button = event.target.closest('[data-quote]');
  if (button) {
    const hit = button.closest('.hit');
    open(hit ? ofHit(hit) : ofTurn(button.closest('.moment') ?? button.closest('.turn').querySelector('.moment')));
  }
});

/** What the key quotes: what is selected, else what has the focus, else what is heard. */
onKey('q', () => {
  const selected = ofSelection();
  const hit = document.activeElement.closest('.hit');
  const moment = document.activeElement.closest('.turn .moment') ?? page?.querySelector('.turn .moment[aria-current]');
  if (selected) {
    open(selected);
  } else if (hit) {
    open(ofHit(hit));
  } else if (moment) {
    open(ofTurn(moment));
  }
});

// A button at every turn; where nobody is named, at every paragraph.

const prepared = document.getElementById('quote-turn');
for (const turn of prepared ? document.querySelectorAll('.turn') : []) {
  const heading = turn.querySelector(':scope > .speaker');
  const places = turn.dataset.speaker
    ? [heading ?? turn.querySelector('.when-said')]
    : turn.querySelectorAll('.when-said');
  for (const place of places) {
    place?.append(prepared.content.cloneNode(true));
  }
}

// What is selected.

function showBar() {
  const selection = getSelection();
  const quotation = ofSelection();
  bar.hidden = quotation === null;
  if (quotation === null) {
    return;
  }
  const around = selection.getRangeAt(0).getBoundingClientRect();
  const above = around.top > 120;
  bar.style.top = Math.round((above ? around.top - bar.offsetHeight - 8 : around.bottom + 8) + scrollY) + 'px';
  const middle = around.left + around.width / 2 - bar.offsetWidth / 2;
  const most = document.documentElement.clientWidth - bar.offsetWidth - 8;
  bar.style.left = Math.round(Math.max(8, Math.min(most, middle))) + 'px';
}

if (bar) {
  let wait = 0;
  document.addEventListener('selectionchange', () => {
    clearTimeout(wait);
    wait = setTimeout(showBar, 120);
  });
  addEventListener('resize', () => {
    bar.hidden = true;
  });
  // A press must not take away what is selected.
  bar.addEventListener('pointerdown', event => event.preventDefault());
  bar.addEventListener('click', event => {
    const button = event.target.closest('button');
    const quotation = button && ofSelection();
    if (quotation && button.dataset.take === 'quote') {
      open(quotation);
    } else if (quotation) {
      copy(button, quotation.link, null);
    }
  });
}
