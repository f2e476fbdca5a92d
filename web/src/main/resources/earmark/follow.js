// The transcript follows what is heard until the reader scrolls, in whatever way: then it stays where
// they read, and a pill leads back.

const SMOOTH_MS = 1500;
const REST_MS = 150;

/** On the page of another site the transcript scrolls by itself, below the player. */
const scroller = document.querySelector('.embed-text') ?? window;

const pill = document.getElementById('back');
const label = pill.querySelector('.clock');

let following = true;
let heard = null;
let playing = () => false;

/** Until when what scrolls is ours, in the time of the page. */
let ownFrom = -Infinity;
let ownUntil = -Infinity;

/** Brings an element into the middle of the window. */
export function bring(element) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  ownFrom = performance.now();
  ownUntil = ownFrom + REST_MS;
  const behavior = calm ? 'auto' : 'smooth';
  if (scroller === window) {
    element.scrollIntoView({ block: 'center', behavior });
    return;
  }
  // The page around the frame is not ours to scroll.
  const list = scroller.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const middle = Math.max(0, (list.height - box.height) / 2);
  scroller.scrollBy({ top: box.top - list.top - middle, behavior });
}

function isInSight(element) {
  const box = element.getBoundingClientRect();
  return scroller === window
    ? box.top > 80 && box.bottom < innerHeight - 60
    : box.top >= scroller.getBoundingClientRect().top && box.bottom <= innerHeight;
}

function show() {
  pill.hidden = following || heard === null || isInSight(heard);
}

function stop() {
  if (following && playing()) {
    following = false;
    show();
  }
}

/** From now on what is heard is followed again. */
export function follow() {
  following = true;
  show();
}

/** Says what is heard now; it is brought into sight if the reader has not gone elsewhere. */
export function hear(moment, time, isNew) {
  heard = moment;
  label.textContent = time;
  if (isNew && following && moment && !isInSight(moment)) {
    bring(moment);
  }
  show();
}

/** Only while something plays is there anything to stop following. */
export function whilePlaying(isPlaying) {
  playing = isPlaying;
}

scroller.addEventListener('scroll', () => {
  const now = performance.now();
  if (now <= ownUntil && now - ownFrom < SMOOTH_MS) {
    // A smooth scroll goes on as long as one event follows the other.
    ownUntil = now + REST_MS;
  } else {
    stop();
  }
  show();
}, { passive: true });

// What a reader does while we scroll is theirs at once.
for (const kind of ['wheel', 'touchmove']) {
  addEventListener(kind, () => {
    ownUntil = -Infinity;
    stop();
  }, { passive: true });
}

const SCROLL_KEYS = ['PageDown', 'PageUp', 'Home', 'End', 'ArrowDown', 'ArrowUp'];
addEventListener('keydown', event => {
  if (SCROLL_KEYS.includes(event.key)) {
    ownUntil = -Infinity;
  }
});

addEventListener('pointerdown', event => {
  // Beside the page there is only the bar to scroll with.
  if (event.target === document.documentElement || event.target === scroller) {
    ownUntil = -Infinity;
  }
});

pill.addEventListener('click', () => {
  follow();
  bring(heard);
});
