// The player of an episode: it seeks to the moment of the address and to any moment, word or place
// on the strip that is chosen, and the transcript follows what is heard.

import { setUpDeck } from './deck.js';
import { bring, follow, hear, whilePlaying } from './follow.js';
import { onKey } from './keys.js';
import { choose, step } from './matches.js';
import { filePlayer, youtubePlayer } from './player.js';
import { announce } from './session.js';
import { characterAt, clock, lastStarted, rangeOf, timeOf, timesOf } from './transcript.js';

const page = document.querySelector('.episode-page');
const section = page.querySelector('.player');
const strip = page.querySelector('.strip');
const durationMs = Number(strip?.dataset.duration ?? 0);

/** The player of the page; null if nothing plays. */
function findPlayer() {
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

const player = findPlayer();
player?.onState(playing => playing && announce(player, page.dataset));

// Where the reader is: the moment that is heard or was chosen.

const spoken = [...page.querySelectorAll('.turn .moment[data-from]')];
const starts = spoken.map(moment => Number(moment.dataset.from));
let marked = page.querySelector('.moment[aria-current]');

function mark(moment) {
  if (marked === moment) {
    return false;
  }
  marked?.removeAttribute('aria-current');
  moment?.setAttribute('aria-current', 'true');
  marked = moment;
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

const clocks = [page.querySelector('.playing-now'), document.querySelector('.here-time')].filter(Boolean);

function tell(ms) {
  const time = clock(ms);
  for (const place of clocks) {
    if (place.textContent !== time) {
      place.textContent = time;
    }
  }
  const playhead = strip?.querySelector('.playhead');
  if (playhead && durationMs > 0) {
    const share = Math.min(100, (100 * ms) / durationMs) + '%';
    playhead.setAttribute('x1', share);
    playhead.setAttribute('x2', share);
    playhead.setAttribute('visibility', 'visible');
  }
  const index = lastStarted(starts, ms);
  const moment = index < 0 ? null : spoken[index];
  hear(moment, time, moment !== null && mark(moment));
  underline(moment, ms);
}

/** The instant of an address of this page: its t, read as the server writes it. */
function timeOfAddress(address) {
  const t = address.searchParams.get('t');
  const seconds = t === null ? NaN : Number.parseFloat(t);
  return Number.isNaN(seconds) ? null : seconds * 1000;
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!plain || event.defaultPrevented) {
    return;
  }
  if (link) {
    const href = typeof link.href === 'string' ? link.href : link.href.baseVal;
    const address = new URL(href, location.href);
    const ms = timeOfAddress(address);
    if (address.origin !== location.origin || address.pathname !== location.pathname || ms === null) {
      return;
    }
    event.preventDefault();
    // Going to the fragment also moves :target; the address then gets its time.
    location.hash = address.hash;
    history.replaceState(null, '', address.pathname + address.search + address.hash);
    const target = address.hash ? document.getElementById(address.hash.slice(1)) : null;
    if (target) {
      mark(target.classList.contains('moment') ? target : null);
      bring(target);
    }
    choose(link.closest('.matches') ? link : null);
    follow();
    player?.seek(exact(target, ms), true);
    return;
  }
  const text = event.target.closest?.('.turn .text[data-times]');
  if (player && text && getSelection().isCollapsed) {
    const ms = timeAtPoint(text, event.clientX, event.clientY);
    if (ms !== null) {
      follow();
      player.seek(ms, true);
    }
    return;
  }
  const drawn = event.target.closest?.('.strip, .lane');
  if (drawn && durationMs > 0 && player) {
    const box = drawn.getBoundingClientRect();
    follow();
    player.seek((durationMs * (event.clientX - box.left)) / box.width, true);
  }
});

/** An address carries whole seconds; a moment that starts in that second says exactly when. */
function exact(target, ms) {
  const from = Number(target?.dataset.from);
  return from >= ms && from < ms + 1000 ? from : ms;
}

function timeAtPoint(text, x, y) {
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

// Keys: space plays and pauses, arrows skip five seconds, j and k go through what was found.

onKey('j', () => step(1));
onKey('k', () => step(-1));

document.addEventListener('keydown', event => {
  const busy = event.target.closest?.('input, textarea, select, button, a, summary, audio, video, dialog');
  if (!player || busy || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === ' ') {
    event.preventDefault();
    player.toggle();
  } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    event.preventDefault();
    player.skip(event.key === 'ArrowLeft' ? -5000 : 5000);
  }
});

// On a narrow screen the contents stand between the player and the text, so they start closed.
if (matchMedia('(max-width: 56rem)').matches) {
  for (const part of page.querySelectorAll('.contents details')) {
    part.open = false;
  }
}

// The moment the address is about.

if (player) {
  page.classList.add('playing');
  player.onTime(tell);
  whilePlaying(() => player.isPlaying());
}
setUpDeck(player);
if (marked && (location.hash === '' || page.querySelector('.notice'))) {
  marked.scrollIntoView({ block: 'center' });
}

// What the address names may be known to lie somewhere in a stretch: that is drawn, not an instant.

function drawNamed() {
  strip?.querySelector('.stretch.named')?.remove();
  const named = location.hash === '' ? null : document.getElementById(location.hash.slice(1));
  const stretch = named?.dataset.stretch;
  if (!strip || stretch === undefined || durationMs <= 0) {
    return;
  }
  const [from, to] = stretch.split(',').map(Number);
  const part = document.createElementNS(strip.namespaceURI, 'rect');
  part.setAttribute('class', 'stretch named');
  part.setAttribute('x', (100 * from) / durationMs + '%');
  part.setAttribute('width', (100 * (to - from)) / durationMs + '%');
  part.setAttribute('y', '2');
  part.setAttribute('height', '32');
  strip.insertBefore(part, strip.querySelector('.now, .playhead'));
}

addEventListener('hashchange', drawNamed);
drawNamed();
