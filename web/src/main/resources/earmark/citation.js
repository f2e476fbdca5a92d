// A quotation as an entry for a program that keeps references: the episode, cited at a second, by who
// says the words. A name is cited as it stands, since nobody knows which part of it is the family's.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TEX = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' };

function entryOf(quotation) {
  const [day, month, year] = (quotation.date ?? '').split(' ');
  return {
    key: new URL(quotation.link).pathname.toLowerCase().replace(/^\/e\//, '').replace(/[^a-z0-9]+/g, '-')
      + (quotation.at ? '-' + quotation.at.replaceAll(':', '-') : ''),
    authors: [...new Set(quotation.lines.map(line => line.speaker).filter(Boolean))],
    date: year ? { year, month: MONTHS.indexOf(month) + 1, day } : null,
    words: quotation.lines.map(line => line.words).join(' '),
  };
}

function tex(text) {
  return text.replace(/[\\~^{}$&#_%]/g, sign => TEX[sign] ?? '\\' + sign);
}

export function asBibTex(quotation) {
  const { key, authors, date, words } = entryOf(quotation);
  const fields = [
    ['title', '{' + tex(quotation.title) + '}'],
    ['author', authors.map(name => '{' + tex(name) + '}').join(' and ')],
    ['howpublished', quotation.show && tex(quotation.show)],
    ['year', date?.year],
    ['month', date?.month],
    ['day', date?.day],
    ['url', quotation.link.replace(/[{}]/g, encodeURIComponent)],
    ['note', quotation.at && 'at ' + quotation.at],
    ['abstract', tex(words)],
  ];
  const lines = fields.filter(([, value]) => value).map(([name, value]) => '  ' + name + ' = {' + value + '}');
  return '@misc{e-' + key + ',\n' + lines.join(',\n') + '\n}\n';
}

export function asRis(quotation) {
  const { key, authors, date, words } = entryOf(quotation);
  const tags = [
    ['TY', 'SOUND'],
    ['ID', 'e-' + key],
    ['TI', quotation.title],
    // A comma in it would part a family name from a given one.
    ...authors.map(name => ['AU', name.replaceAll(',', '')]),
    ['T2', quotation.show],
    ['PY', date?.year],
    ['DA', date && [date.year, String(date.month).padStart(2, '0'), date.day.padStart(2, '0')].join('/')],
    ['UR', quotation.link],
    ['N1', quotation.at && 'at ' + quotation.at],
    ['AB', words],
  ];
  return tags.filter(([, value]) => value).map(([tag, value]) => tag + '  - ' + value + '\n').join('') + 'ER  - \n';
}
