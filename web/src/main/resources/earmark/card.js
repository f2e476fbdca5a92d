// A quotation as a picture to share: drawn as SVG, which the browser turns into a PNG. Nothing is
// asked of a server.

import { partsOf } from './quotation.js';

const WIDTH = 1200;
const LEAST_HEIGHT = 630;
const MARGIN = 90;
const MOST_LINES = 14;

const SERIF = 'Charter, Georgia, "Noto Serif", "Liberation Serif", serif';
const SANS = 'system-ui, "Noto Sans", "Liberation Sans", Arial, sans-serif';

const brush = document.createElement('canvas').getContext('2d');

/** Breaks a text into lines that are no wider than the picture; a script without blanks anywhere. */
function wrapped(text, font) {
  brush.font = font;
  const width = WIDTH - 2 * MARGIN;
  const lines = [];
  let line = '';
  for (const piece of text.split(/(\s+)/).flatMap(part => (brush.measureText(part).width > width ? [...part] : [part]))) {
    if (line !== '' && brush.measureText(line + piece).width > width) {
      lines.push(line.trim());
      line = '';
    }
    line += piece;
  }
  lines.push(line.trim());
  return lines.filter(one => one !== '');
}

function escaped(text) {
  return text.replace(/[&<>"]/g, sign => '&#' + sign.charCodeAt(0) + ';');
}

function rowsOf(lines, size, family, fill, weight, y, rightToLeft) {
  const x = rightToLeft ? WIDTH - MARGIN : MARGIN;
  return lines.map((line, i) =>
    `<text x="${x}" y="${Math.round(y + i * size * 1.4)}" font-size="${size}" font-weight="${weight}" `
    + `font-family="${escaped(family)}" fill="${fill}" direction="${rightToLeft ? 'rtl' : 'ltr'}">${escaped(line)}</text>`,
  ).join('');
}

/** The picture as SVG, with its size. */
export function svgOf(quotation) {
  const { said, about } = partsOf(quotation);
  const length = said.join(' ').length;
  const size = length < 120 ? 56 : length < 300 ? 44 : 34;
  let lines = said.flatMap(one => wrapped(one, `${size}px ${SERIF}`));
  if (lines.length > MOST_LINES) {
    lines = [...lines.slice(0, MOST_LINES - 1), '[…]”'];
  }
  const below = wrapped('— ' + about, `600 28px ${SANS}`);
  const rightToLeft = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(said[0]);
  const textHeight = lines.length * size * 1.4;
  const height = Math.max(LEAST_HEIGHT, Math.round(2 * MARGIN + textHeight + 50 + below.length * 40 + 60));
  const bottom = height - MARGIN - 50;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}">`
    + `<rect width="${WIDTH}" height="${height}" fill="#fbfaf6"/>`
    + `<rect width="14" height="${height}" x="${rightToLeft ? WIDTH - 14 : 0}" fill="#0b5d55"/>`
    + rowsOf(lines, size, SERIF, '#1e1c19', 400, MARGIN + size, rightToLeft)
    + rowsOf(below, 28, SANS, '#0b5d55', 600, bottom - (below.length - 1) * 40, rightToLeft)
    + `<text x="${MARGIN}" y="${height - MARGIN + 10}" font-size="22" font-family="${escaped(SANS)}" fill="#625c53">`
    + escaped(new URL(quotation.link).host + ' · Earmark') + '</text></svg>';
  return { svg, width: WIDTH, height };
}

/** The picture as a PNG file. */
export async function pngOf(quotation) {
  const { svg, width, height } = svgOf(quotation);
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d').drawImage(image, 0, 0);
  const blob = await new Promise(resolve => {
    canvas.toBlob(resolve, 'image/png');
  });
  return new File([blob], 'quotation.png', { type: 'image/png' });
}
