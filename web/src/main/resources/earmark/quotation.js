// A quotation in the forms people take it along in. Its lines are what one speaker says in a row:
//
//   { lines: [{ speaker, words, before, after }], document, title, show, date, at, link }
//
// before and after say whether words of the same speaker were cut off there, inside a sentence.

const CUT = '[…]';

function wordsOf(line) {
  return (line.before ? CUT + ' ' : '') + line.words + (line.after ? ' ' + CUT : '');
}

/** Whom, where and when: all that a reader needs to look it up. */
function aboutOf(quotation, title) {
  const single = quotation.lines.length === 1 ? quotation.lines[0].speaker : null;
  const { document, show, date, at } = quotation;
  return [single, document, title, show, date, at].filter(Boolean).join(', ');
}

function lineOf(quotation, line, name) {
  const said = '“' + wordsOf(line) + '”';
  return quotation.lines.length > 1 && line.speaker ? name + ': ' + said : said;
}

export function asText(quotation) {
  const lines = quotation.lines.map(line => lineOf(quotation, line, line.speaker));
  return [...lines, '— ' + aboutOf(quotation, quotation.title), quotation.link].join('\n');
}

function markdown(text) {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}

export function asMarkdown(quotation) {
  const plain = { ...quotation, lines: quotation.lines.map(line => ({ ...line, words: markdown(line.words) })) };
  const lines = plain.lines.map(line => '> ' + lineOf(plain, line, '**' + markdown(line.speaker ?? '') + '**'));
  const marked = Object.fromEntries(
    ['document', 'title', 'show', 'date', 'at'].map(key => [key, quotation[key] && markdown(quotation[key])]),
  );
  const about = aboutOf(
    { ...marked, lines: quotation.lines.map(line => ({ speaker: line.speaker && markdown(line.speaker) })) },
    '[' + marked.title + '](' + quotation.link.replace(/[()]/g, encodeURIComponent) + ')',
  );
  return [...lines, '> — ' + about].join('\n>\n');
}

function escaped(text) {
  return text.replace(/[&<>"]/g, sign => '&#' + sign.charCodeAt(0) + ';');
}

export function asHtml(quotation) {
  const lines = quotation.lines.map(
    line => '  <p>' + lineOf(
      quotation,
      { ...line, words: escaped(line.words) },
      '<b>' + escaped(line.speaker ?? '') + '</b>',
    ) + '</p>',
  );
  const safe = Object.fromEntries(
    ['document', 'show', 'date', 'at'].map(key => [key, quotation[key] && escaped(quotation[key])]),
  );
  const about = aboutOf(
    { ...safe, lines: quotation.lines.map(line => ({ speaker: line.speaker && escaped(line.speaker) })) },
    '<a href="' + escaped(quotation.link) + '">' + escaped(quotation.title) + '</a>',
  );
  return [
    '<blockquote cite="' + escaped(quotation.link) + '">',
    ...lines,
    '  <footer>— ' + about + '</footer>',
    '</blockquote>',
  ].join('\n');
}

/** The words, each line with the name of who says it where there are several; and the line below. */
export function partsOf(quotation) {
  return {
    said: quotation.lines.map(line => lineOf(quotation, line, line.speaker)),
    about: aboutOf(quotation, quotation.title),
  };
}
