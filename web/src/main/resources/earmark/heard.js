// What is heard, in the transcript of a page: the moment is marked, the word underlined, and a press
// on a word or a time tells its instant.

import { hear } from './follow.js';
import { filePlayer, youtubePlayer } from './player.js';
import { characterAt, clock, lastStarted, rangeOf, timeOf, timesOf } from './transcript.js';

const page = document.querySelector('.episode-page, .embed');
const spoken = [...page.querySelectorAll('.turn .moment[data-from]')];
const starts = spoken.map(moment => Number(moment.dataset.from));
let current = page.querySelector('.moment[aria-current]');

/** Where the reader is: the moment that is heard or was chosen; null if it is none. */
export function marked() {
  return current;
}

/** Marks the moment that is heard or was chosen; says whether it is another than before. */
export function mark(moment) {
  if (current === moment) {
    return false;
  }
  current?.removeAttribute('aria-current');
  moment?.setAttribute('aria-current', 'true');
  current = moment;
  return true;
}

/** Underlines the word that is heard, by share between the times that are known. */
let underlined = '';

function underline(moment, ms) {
  if (!('highlights' in CSS)) {
    return;
  }
  const text = moment?.querySelector('.text[data-times]');
  if (!text) {
    CSS.highlights.delete('spoken');
    underlined = '';
    return;
  }
  const times = timesOf(text);
  const index = lastStarted(times.map(pair => pair.ms), ms);
  if (index < 0) {
    return;
  }
  const content = text.textContent;
  const here = times[index];
  const next = times[index + 1] ?? { character: content.length, ms: Number(moment.dataset.to) };
  const share = next.ms > here.ms ? Math.min(1, (ms - here.ms) / (next.ms - here.ms)) : 0;
  const guess = here.character + Math.floor((next.character - here.character) * share);
  const before = content.lastIndexOf(' ', Math.min(guess, content.length - 1));
  const from = Math.max(here.character, before + 1);
  const word = moment.id + ':' + from;
  if (word === underlined) {
    return;
  }
  underlined = word;
  const space = content.indexOf(' ', from + 1);
  const range = rangeOf(text, from, space < 0 ? content.length : space);
  if (range) {
    CSS.highlights.set('spoken', new Highlight(range));
  }
}

/** Marks what is heard at an instant, in milliseconds, and brings it into sight. */
export function listen(ms) {
  const index = lastStarted(starts, ms);
  const moment = index < 0 ? null : spoken[index];
  hear(moment, clock(ms), moment !== null && mark(moment));
  underline(moment, ms);
}

/** The player in a section of the page; null if nothing plays. */
export function findPlayer(section) {
  const media = section?.querySelector('audio, video');
  if (media) {
    return filePlayer(media);
  }
  const facade = section?.querySelector('.facade');
  if (!facade) {
    return null;
  }
  const youtube = youtubePlayer(facade, section.dataset.source);
  facade.addEventListener('click', event => {
    if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      youtube.toggle();
    }
  });
  return youtube;
}

/** An address carries whole seconds; a moment that starts in that second says exactly when. */
export function exact(target, ms) {
  const from = Number(target?.dataset.from);
  return from >= ms && from < ms + 1000 ? from : ms;
}

/** When the word at a point of the window is spoken, in milliseconds; null if that is not known. */
export function timeAtPoint(text, x, y) {
  let node;
  let offset;
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    node = caret?.offsetNode;
    offset = caret?.offset;
  } else {
    const range = document.caretRangeFromPoint?.(x, y);
    node = range?.startContainer;
    offset = range?.startOffset;
  }
  return node && text.contains(node) ? timeOf(text, characterAt(text, node, offset)) : null;
}
