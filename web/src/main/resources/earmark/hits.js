// Results by keys: j and k go from hit to hit, p plays the one that has the focus.

import { onKey } from './keys.js';

function chosenIn(hits) {
  const focused = document.activeElement.closest('.hit, .line');
  return focused ? hits.indexOf(focused) : -1;
}

function step(by) {
  const hits = [...document.querySelectorAll('.hit, .line')];
  const next = Math.min(hits.length - 1, Math.max(0, chosenIn(hits) + by));
  const link = hits[next]?.querySelector('.time, .actions a, h2 a');
  link?.focus({ preventScroll: true });
  hits[next]?.scrollIntoView({ block: 'nearest' });
}

onKey('j', () => step(1));
onKey('k', () => step(-1));
onKey('p', () => document.activeElement.closest('.hit, .line')?.querySelector('[data-play]')?.click());
