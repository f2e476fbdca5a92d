// Plays all that is listed, place after place, each from its second to the end of what is said there.

import { onKey } from './keys.js';
import { PLAY, STOP, showPlaying } from './player.js';
import { start, stop, toggle } from './play.js';

const bar = document.getElementById('playlist');
const now = bar.querySelector('.playlist-now');
const count = bar.querySelector('.playlist-count');
const status = document.getElementById('status');

/** The link of the hit that plays; null if not all is played. */
let running = null;

function links() {
  return [...document.querySelectorAll('#results .hit [data-play]')];
}

function show() {
  document.body.classList.toggle('listening', running !== null);
  bar.hidden = running === null;
  for (const button of document.querySelectorAll('[data-play-all]')) {
    button.querySelector('.icon path').setAttribute('d', running ? STOP : PLAY);
    button.querySelector('.all-label').textContent = running ? 'Stop' : 'Play all';
  }
}

function end(message) {
  const before = running;
  running = null;
  stop();
  before?.closest('.hit').removeAttribute('aria-current');
  if (bar.contains(document.activeElement)) {
    document.querySelector('[data-play-all]')?.focus();
  }
  show();
  status.textContent = message;
}

const listener = {
  time(ms) {
    if (running && ms >= Number(running.dataset.until)) {
      step(1);
    }
  },
  state(playing) {
    if (!running) {
      return;
    }
    if (running.isConnected) {
      showPlaying(bar.querySelector('[data-playlist=toggle]'), playing);
    } else {
      // Something else is listed by now.
      end('');
    }
  },
  end: () => step(1),
  left(link) {
    if (link === running) {
      // Another place was played by hand.
      link.closest('.hit').removeAttribute('aria-current');
      running = null;
      show();
    }
  },
};

function play(link, number, total) {
  running?.closest('.hit').removeAttribute('aria-current');
  running = null;
  start(link, listener);
  running = link;
  const hit = link.closest('.hit');
  const { title, at, speaker } = hit.dataset;
  hit.setAttribute('aria-current', 'true');
  hit.scrollIntoView({ block: 'nearest' });
  count.textContent = `${number} of ${total}`;
  now.textContent = [at, speaker, title].filter(Boolean).join(', ');
  status.textContent = `Plays ${count.textContent}: ${now.textContent}`;
  showPlaying(bar.querySelector('[data-playlist=toggle]'), true);
  show();
}

function step(by) {
  const all = links();
  const to = all.indexOf(running) + by;
  if (to >= all.length) {
    end(all.length + ' places were played.');
  } else {
    play(all[Math.max(0, to)], Math.max(0, to) + 1, all.length);
  }
}

function toggleAll() {
  const all = links();
  if (running) {
    end('Stopped.');
  } else if (all.length > 0) {
    play(all[0], 1, all.length);
  }
}

const actions = {
  previous: () => step(-1),
  toggle,
  next: () => step(1),
  stop: () => end('Stopped.'),
};

bar.addEventListener('click', event => actions[event.target.closest('button')?.dataset.playlist]?.());
bar.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    end('Stopped.');
  }
});
document.addEventListener('click', event => {
  if (event.target.closest('[data-play-all]')) {
    toggleAll();
  }
});
onKey('a', toggleAll);
onKey('n', () => running && step(1));
onKey('b', () => running && step(-1));
// The style shows the buttons then, also those of results that are yet to come.
document.documentElement.classList.add('plays');
