// The page of results of a published site: what is asked stands in its address.

import { clock } from './transcript.js';
import { FILTERS, Finder } from './finder.js';

const PAUSE_MS = 200;
const AT_ONCE = 20;
const VALUES = 14;
const LABELS = { speaker: 'Speaker', show: 'Show', topic: 'Topic', kind: 'Kind', episode: 'Episode' };
const site = document.body.dataset.site;

const form = document.getElementById('search');
const box = document.getElementById('q');
const status = document.getElementById('status');
const list = document.getElementById('hits');
const more = document.getElementById('more');

let found = null;
let shown = 0;
let asking = 0;
let pause = 0;

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className !== '') {
    made.className = className;
  }
  made.append(...content);
  return made;
}

function link(className, address, ...content) {
  const made = element('a', className, ...content);
  made.href = address;
  return made;
}

/** The address of this page with some of its parameters changed. */
function addressWith(change) {
  const parameters = new URLSearchParams(location.search);
  change(parameters);
  return location.pathname + '?' + parameters;
}

function chosen() {
  const parameters = new URLSearchParams(location.search);
  return Object.fromEntries(FILTERS.map(filter => [filter, parameters.getAll(filter)]).filter(([, values]) => values.length > 0));
}

async function hitOf(hit, query) {
  const episode = finder.episodeOf(hit.moment);
  const ms = await finder.timeOf(hit.moment, hit.places[0]);
  const parameters = new URLSearchParams();
  if (ms !== null) {
    parameters.set('t', String(Math.floor(ms / 1000)));
  }
  if (query !== '') {
    parameters.set('q', query);
  }
  const address = site + episode.page + (parameters.size > 0 ? '?' + parameters : '') + '#m-' + finder.moments.ordinal[hit.moment];
  const person = finder.valuesOf(hit.moment, 'speaker')[0];
  const speaker = finder.site.spellings[person]?.[0] ?? person;
  const article = element('article', 'hit');
  const when = element('div', 'when');
  if (ms !== null) {
    when.append(link('time', address, (finder.isEstimated(hit.moment) ? '≈' : '') + clock(ms)));
    article.dataset.at = clock(ms);
  }
  const title = link('', address, episode.title);
  const heading = element('h2', '', title);
  heading.dir = 'auto';
  const facts = element('p', 'facts');
  if (episode.show) {
    facts.append(element('bdi', '', episode.show), ' ');
  }
  if (episode.date) {
    const time = element('time', '', episode.date);
    time.dateTime = episode.date;
    facts.append(time);
  }
  const said = element('p', 'said');
  said.dir = 'auto';
  if (episode.language) {
    said.lang = episode.language;
  }
  for (const run of await finder.shown(hit)) {
    said.append(run.marked ? element('mark', '', run.text) : run.text);
  }
  const under = element('p', 'facts');
  if (speaker) {
    under.append(element('bdi', 'speaker', speaker));
    article.dataset.speaker = speaker;
  }
  if (hit.places.length > 1) {
    under.append(' ', element('span', '', '+' + (hit.places.length - 1) + ' more here'));
  }
  article.dataset.title = episode.title;
  article.dataset.link = address;
  article.append(when, element('div', 'what', element('header', '', heading, facts), said, element('div', 'under', under)));
  return element('li', '', article);
}

async function showMore() {
  const mine = asking;
  const query = box.value.trim();
  const next = found.hits.slice(shown, shown + AT_ONCE);
  const items = await Promise.all(next.map(hit => hitOf(hit, query)));
  if (mine === asking) {
    list.append(...items);
    shown += next.length;
    more.hidden = shown >= found.hits.length;
  }
}

function showFilters() {
  const narrow = document.getElementById('narrow');
  narrow.replaceChildren();
  for (const [filter, values] of Object.entries(found.facets)) {
    const taken = chosen()[filter] ?? [];
    const others = values.filter(([value]) => !taken.includes(value)).slice(0, VALUES);
    if (values.length < 2 || others.length === 0) {
      continue;
    }
    const items = others.map(([value, count]) => {
      const label = element('span', 'label', element('bdi', '', value));
      const address = addressWith(parameters => parameters.append(filter, value));
      return element('li', '', link('value', address, label, ' ', element('span', 'count', count.toLocaleString('en'))));
    });
    const facet = element('details', 'facet', element('summary', '', element('h2', '', LABELS[filter])), element('ul', '', ...items));
    facet.open = filter === 'speaker' || filter === 'show' || taken.length > 0;
    narrow.append(facet);
  }
  const chips = Object.entries(chosen()).flatMap(([filter, values]) => values.map(value => {
    const address = addressWith(parameters => parameters.delete(filter, value));
    const name = filter === 'episode' ? finder.site.episodes.find(one => one.id === value)?.title ?? value : value;
    return element('li', '', link('chip', address, element('span', 'of', LABELS[filter]), ' ', name, ' ×'));
  }));
  document.getElementById('chosen').replaceChildren(...chips);
  document.getElementById('chosen').hidden = chips.length === 0;
}

/** Asks what the address says. */
async function ask() {
  const mine = ++asking;
  const query = new URLSearchParams(location.search).get('q') ?? '';
  const answer = await finder.find(query, chosen());
  if (mine !== asking) {
    return;
  }
  found = answer;
  shown = 0;
  list.replaceChildren();
  const total = found.hits.length === 1 ? '1 moment' : found.hits.length.toLocaleString('en') + ' moments';
  document.getElementById('total').replaceChildren(element('strong', '', found.hits.length === 0 ? 'Nothing was found' : total));
  const complaints = document.getElementById('complaints');
  complaints.replaceChildren(...found.complaints.map(complaint => element('p', '', complaint)));
  complaints.hidden = found.complaints.length === 0;
  document.title = (query === '' ? 'Search' : query) + ' – Earmark';
  showFilters();
  await showMore();
  if (mine === asking) {
    status.textContent = total + ' found.';
    document.getElementById('results').dataset.asked = location.search;
  }
}

/** Goes to the state that an address says, and back to it later. */
function go(address, replace) {
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  failing(ask());
}

function failing(promise) {
  promise.catch(problem => {
    status.textContent = 'The search could not be loaded.';
    document.getElementById('total').textContent = 'The search could not be loaded: ' + problem.message;
  });
}

function addressOfBox() {
  return addressWith(parameters => {
    parameters.set('q', box.value.trim());
    if (box.value.trim() === '') {
      parameters.delete('q');
    }
  });
}

box.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(() => go(addressOfBox(), true), PAUSE_MS);
});

form.addEventListener('submit', event => {
  event.preventDefault();
  clearTimeout(pause);
  go(addressOfBox(), false);
});

document.addEventListener('click', event => {
  const chosenLink = event.target.closest('#narrow a, #chosen a');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (chosenLink && plain) {
    event.preventDefault();
    go(chosenLink.href, false);
  }
});

addEventListener('popstate', () => {
  box.value = new URLSearchParams(location.search).get('q') ?? '';
  failing(ask());
});

more.addEventListener('click', () => failing(showMore()));

box.value = new URLSearchParams(location.search).get('q') ?? '';
let finder;
failing(Finder.open(site).then(opened => {
  finder = opened;
  return ask();
}));
