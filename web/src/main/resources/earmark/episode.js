// The player of an episode: it seeks to the moment of the address and to any moment, word or place
// on the strip that is chosen, and the transcript follows what is heard.

import { setUpDeck } from './deck.js';
import { bring, follow, whilePlaying } from './follow.js';
import { exact, findPlayer, listen, mark, marked, timeAtPoint } from './heard.js';
import { onKey } from './keys.js';
import { choose, step } from './matches.js';
import { announce } from './session.js';
import { clock } from './transcript.js';

const page = document.querySelector('.episode-page');
const section = page.querySelector('.player');
const strip = page.querySelector('.strip');
const durationMs = Number(strip?.dataset.duration ?? 0);

const player = findPlayer(section);
player?.onState(playing => playing && announce(player, page.dataset));

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
  listen(ms);
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
if (marked() && (location.hash === '' || page.querySelector('.notice'))) {
  marked().scrollIntoView({ block: 'center' });
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
