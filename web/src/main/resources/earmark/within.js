// Search inside an episode as somebody types: what is found is listed, marked in the text and on
// the seek bar, without loading the page anew.

import { addressOfSearch, matchesIn } from './answers.js';
import { changed } from './matches.js';
import { clock, rangeOf } from './transcript.js';

const PAUSE_MS = 200;
const CONTEXT = 60;
const SVG = 'http://www.w3.org/2000/svg';

const page = document.querySelector('.episode-page');
const section = page.querySelector('.within');
const form = section.querySelector('form');
const box = section.querySelector('input');
const strip = page.querySelector('.strip');
const status = document.getElementById('status');
const episode = page.dataset.episode;

let pause = 0;
let running = null;

function addressOf(query, ms, id) {
  const address = new URL(page.dataset.path, location.href);
  if (ms !== null) {
    address.searchParams.set('t', String(Math.floor(ms / 1000)));
  }
  address.searchParams.set('q', query);
  address.hash = id ?? '';
  return address.pathname + address.search + address.hash;
}

/**
 * Where the matches of a moment lie in its texts. They come in order, so each is looked for behind
 * the one before; what runs on into the next moment is marked as far as it is here.
 */
function rangesOf(moment, matches) {
  const texts = [...(moment?.querySelectorAll('.text, .moment-title') ?? [])];
  if (moment && texts.length === 0) {
    texts.push(moment);
  }
  let text = 0;
  let from = 0;
  return matches.map(match => {
    for (let look = text; look < texts.length; look++) {
      const content = texts[look].textContent;
      const at = content.indexOf(match.text, look === text ? from : 0);
      if (at >= 0) {
        text = look;
        from = at + match.text.length;
        return { element: texts[look], from: at, to: from };
      }
    }
    return null;
  });
}

function line(query, match, place) {
  const link = document.createElement('a');
  link.href = addressOf(query, match.atMs, place.id);
  const time = document.createElement('span');
  time.className = 'time';
  time.textContent = match.atMs === null ? '–' : clock(match.atMs);
  const context = document.createElement('span');
  context.className = 'context';
  context.dir = 'auto';
  const mark = document.createElement('mark');
  mark.textContent = match.text;
  if (place.found) {
    const content = place.found.element.textContent;
    const start = content.lastIndexOf(' ', Math.max(0, place.found.from - CONTEXT)) + 1;
    const space = content.indexOf(' ', place.found.to + CONTEXT);
    const end = space < 0 ? content.length : space;
    context.append(
      (start > 0 ? '… ' : '') + content.slice(start, place.found.from),
      mark,
      content.slice(place.found.to, end) + (end < content.length ? ' …' : ''),
    );
  } else {
    context.append(mark);
  }
  link.append(time, ' ', context);
  const item = document.createElement('li');
  item.append(link);
  return item;
}

/** The marks that came with the page give way to those of the new search. */
function unmark() {
  for (const mark of page.querySelectorAll('.documents mark')) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
  strip?.querySelectorAll('a:has(.tick), a:has(.stretch), .found-ticks').forEach(tick => tick.remove());
}

/** A moment that is only known to lie somewhere in a stretch is drawn as that. */
function stretchOf(match, duration) {
  const id = 'm-' + match.moment.slice(match.moment.lastIndexOf(':') + 1);
  const moment = document.getElementById(id);
  if (moment?.dataset.stretch === undefined) {
    return null;
  }
  const [from, to] = moment.dataset.stretch.split(',').map(Number);
  const part = document.createElementNS(SVG, 'rect');
  part.setAttribute('class', 'stretch');
  part.setAttribute('x', (100 * from) / duration + '%');
  part.setAttribute('width', (100 * (to - from)) / duration + '%');
  part.setAttribute('y', '2');
  part.setAttribute('height', '32');
  return part;
}

function drawTicks(matches) {
  const duration = Number(strip?.dataset.duration ?? 0);
  if (duration <= 0) {
    return;
  }
  const group = document.createElementNS(SVG, 'g');
  group.setAttribute('class', 'found-ticks');
  const places = new Set();
  for (const match of matches) {
    const place = ((100 * match.atMs) / duration).toFixed(1);
    if (match.atMs === null || places.has(place)) {
      continue;
    }
    places.add(place);
    const stretch = stretchOf(match, duration);
    if (stretch) {
      group.append(stretch);
      continue;
    }
    const tick = document.createElementNS(SVG, 'line');
    tick.setAttribute('class', 'tick');
    tick.setAttribute('x1', place + '%');
    tick.setAttribute('x2', place + '%');
    tick.setAttribute('y1', '2');
    tick.setAttribute('y2', '34');
    group.append(tick);
  }
  strip.append(group);
}

function show(query, matches) {
  unmark();
  section.querySelectorAll('.found-here, .matches').forEach(part => part.remove());
  const ranges = [];
  if (query !== '') {
    const byMoment = new Map();
    for (const match of matches) {
      const id = 'm-' + match.moment.slice(match.moment.lastIndexOf(':') + 1);
      byMoment.set(id, [...(byMoment.get(id) ?? []), match]);
    }
    const places = new Map();
    for (const [id, its] of byMoment) {
      const found = rangesOf(document.getElementById(id), its);
      its.forEach((match, index) => places.set(match, { id, found: found[index] }));
    }
    for (const { found } of places.values()) {
      const range = found && rangeOf(found.element, found.from, found.to);
      if (range) {
        ranges.push(range);
      }
    }
    const total = matches.length === 1 ? '1 match' : matches.length.toLocaleString('en') + ' matches';
    const facts = document.createElement('p');
    facts.className = 'facts found-here';
    const strong = document.createElement('strong');
    strong.textContent = total;
    const everywhere = document.createElement('a');
    everywhere.href = addressOfSearch(query);
    everywhere.textContent = 'in all episodes';
    const wrapped = document.createElement('span');
    wrapped.append(everywhere);
    facts.append(strong, ' ', wrapped);
    section.append(facts);
    if (matches.length > 0) {
      const list = document.createElement('ol');
      list.className = 'matches';
      list.append(...matches.slice(0, 500).map(match => line(query, match, places.get(match))));
      section.append(list);
    }
    status.textContent = total + ' in this episode.';
    drawTicks(matches);
  }
  changed();
  if ('highlights' in CSS) {
    CSS.highlights.set('found', new Highlight(...ranges));
  }
}

/** @param begun whether the last word may be one that is only begun */
async function search(begun) {
  const query = box.value.trim();
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  history.replaceState(null, '', query === '' ? page.dataset.path : addressOf(query, null, null));
  if (query === '') {
    show('', []);
    return;
  }
  try {
    const matches = await matchesIn(episode, query, begun, signal);
    if (!signal.aborted) {
      show(query, matches);
    }
  } catch (problem) {
    if (problem.name !== 'AbortError') {
      status.textContent = 'The search could not be reached.';
    }
  }
}

box.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(() => search(true), PAUSE_MS);
});

form.addEventListener('submit', event => {
  event.preventDefault();
  clearTimeout(pause);
  search(false);
});
