// What is selected in a transcript can be taken along: as a quotation that says who, where and
// when, or as a link to just that stretch of the recording.

import { characterAt, clock, timeOf } from './transcript.js';

const page = document.querySelector('.episode-page');
const bar = document.getElementById('selected');
const WORDS_IN_LINK = 8;

/** The text a place of the selection stands in, and its character there; null if in none. */
function placeOf(node, offset) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const text = element?.closest('.documents .text');
  return text ? { text, character: characterAt(text, node, offset) } : null;
}

/** What is selected: its words, who says them, and from when to when. */
function selected() {
  const selection = getSelection();
  const words = selection.toString().replace(/\s+/g, ' ').trim();
  if (selection.rangeCount === 0 || words === '') {
    return null;
  }
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  if (!start) {
    return null;
  }
  const end = placeOf(range.endContainer, range.endOffset) ?? start;
  const moment = start.text.closest('.moment');
  const turn = start.text.closest('.turn');
  const speaker = turn?.dataset.speaker ?? moment?.querySelector('.speaker')?.textContent.trim();
  const from = timeOf(start.text, start.character) ?? Number(moment?.dataset.from ?? NaN);
  const to = timeOf(end.text, end.character) ?? NaN;
  const text = [...turn?.querySelectorAll('.text') ?? [start.text]].includes(end.text)
    ? words
    : selection.toString().trim();
  return { words: text, speaker: speaker ?? null, from, to, range };
}

function linkOf(part) {
  const address = new URL(page.dataset.path, location.href);
  const quoted = part.words.split(/\s+/).slice(0, WORDS_IN_LINK).join(' ').replace(/["“”„]/g, '');
  if (!Number.isNaN(part.from)) {
    const from = Math.floor(part.from / 1000);
    const to = Math.ceil(part.to / 1000);
    address.searchParams.set('t', to > from ? from + ',' + to : String(from));
  }
  address.searchParams.set('q', '"' + quoted + '"');
  // A comma may stand as it is, and people read these.
  return address.href.replace('%2C', ',');
}

function quotation(part) {
  const about = [part.speaker, page.dataset.title, page.dataset.date].filter(Boolean);
  const at = Number.isNaN(part.from) ? '' : ', ' + clock(part.from);
  return `“${part.words}”\n— ${about.join(', ')}${at}\n${linkOf(part)}`;
}

function showBar() {
  const part = selected();
  bar.hidden = part === null;
  if (part === null) {
    return;
  }
  const box = part.range.getBoundingClientRect();
  const above = box.top > 120;
  bar.style.top = Math.round((above ? box.top - bar.offsetHeight - 8 : box.bottom + 8) + scrollY) + 'px';
  const middle = box.left + box.width / 2 - bar.offsetWidth / 2;
  const most = document.documentElement.clientWidth - bar.offsetWidth - 8;
  bar.style.left = Math.round(Math.max(8, Math.min(most, middle))) + 'px';
}

async function copy(button, text) {
  const label = button.querySelector('span');
  const before = label.textContent;
  try {
    await navigator.clipboard.writeText(text);
    label.textContent = 'Copied';
    document.getElementById('status').textContent = 'Copied.';
  } catch {
    label.textContent = 'Could not copy';
  }
  setTimeout(() => {
    label.textContent = before;
  }, 1500);
}

if (navigator.clipboard && bar) {
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
    const part = button && selected();
    if (part) {
      copy(button, button.dataset.take === 'quote' ? quotation(part) : linkOf(part));
    }
  });
}
