// Results as you type: the part of the page below the box is fetched and put in its place. The
// address always says what is shown, so that it can be sent, kept, and gone back to.

const PAUSE_MS = 220;

/** What comes sooner is not waited for, so nothing need say that something is under way. */
const SOON_MS = 150;

const form = document.getElementById('search');
const box = document.getElementById('q');
const status = document.getElementById('status');
const wide = matchMedia('(min-width: 56.01rem)');

/** The address of what is shown or asked for; a fragment does not change it. */
let current = location.pathname + location.search;

let running = null;
let pause = 0;
let typing = false;

/**
 * The address of the state the form is in; empty fields are left out.
 *
 * @param begun whether the last word may be one that is only begun
 */
function addressOfForm(begun = false) {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim() !== '') {
      parameters.append(name, value);
    }
  }
  if (begun && /[\p{L}\p{N}]$/u.test(box.value)) {
    parameters.append('typing', 'true');
  }
  const query = parameters.toString();
  return query === '' ? '/' : '/?' + query;
}

/** Only the results if anything is asked; the first page has no such part, so it comes whole. */
function addressToFetch(address) {
  return address === '/' ? address : address + '&fragment=results';
}

/** How high the parts of the results are at least, as they usually are. */
const PARTS = [
  ['.facets > .facet', facet => (facet.open ? 45 + 25 * facet.querySelectorAll(':scope > ul > li').length : 45)],
  ['.found > .group', group => 95 + 85 * group.querySelectorAll('.hits > li').length],
  ['.found > .hits > li', () => 95],
];

/**
 * Takes out of new results what lies below the window, so that the rest is drawn sooner; gives what
 * puts it back once that has been done.
 */
function withoutRest(fresh) {
  const taken = PARTS.flatMap(([selector, heightOf]) => {
    let height = 0;
    const first = [...fresh.querySelectorAll(selector)].find(part => {
      const isBelow = height > innerHeight;
      height += heightOf(part);
      return isBelow;
    });
    if (!first) {
      return [];
    }
    const place = first.parentElement;
    const range = document.createRange();
    range.setStartBefore(first);
    range.setEndAfter(place.lastChild);
    return [{ place, rest: range.extractContents() }];
  });
  return () => taken.forEach(({ place, rest }) => place.append(rest));
}

/** Runs something once what has been changed is drawn. */
function whenDrawn(run) {
  requestAnimationFrame(() => setTimeout(run));
}

/** The hit that is looked at: that with the focus, else the first in the window; and where it stands. */
function lookedAt() {
  const hits = [...document.querySelectorAll('#results .hit')];
  const hit = document.activeElement.closest('#results .hit') ?? hits.find(hit => hit.getBoundingClientRect().top >= 0);
  if (!hit) {
    return null;
  }
  const focus = [...hit.querySelectorAll('a, button')].indexOf(document.activeElement);
  return { link: hit.dataset.link, top: hit.getBoundingClientRect().top, focus };
}

function standAgain(place) {
  const hit = [...document.querySelectorAll('#results .hit')].find(hit => hit.dataset.link === place.link);
  hit?.querySelectorAll('a, button')[place.focus]?.focus({ preventScroll: true });
  if (hit && scrollY > 0) {
    scrollBy({ top: hit.getBoundingClientRect().top - place.top, behavior: 'instant' });
  }
}

async function show(address, { focus = null, top = false, whole = false, still = false } = {}) {
  current = address;
  running?.abort();
  const controller = new AbortController();
  running = controller;
  const old = document.getElementById('results');
  const waiting = setTimeout(() => old.setAttribute('aria-busy', 'true'), SOON_MS);
  let html;
  try {
    const response = await fetch(addressToFetch(address), { signal: controller.signal });
    if (!response.ok) {
      // The page itself says what is wrong.
      location.assign(address);
      return;
    }
    html = await response.text();
  } catch (problem) {
    if (problem.name !== 'AbortError') {
      old.removeAttribute('aria-busy');
      status.textContent = 'The search could not be reached.';
    }
    return;
  } finally {
    clearTimeout(waiting);
  }
  if (controller.signal.aborted) {
    return;
  }
  const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById('results');
  // All that can be done is done before it is part of the page, which is then laid out once.
  keepOpen(old, fresh);
  enhance(fresh);
  // Where the reader is further down, or is to be led somewhere, all of it is needed at once.
  if (!whole && !focus && (top || scrollY < innerHeight / 4)) {
    fresh.classList.add('in-parts');
    whenDrawn(withoutRest(fresh));
  }
  const sheetTop = old.querySelector('.narrow-box')?.scrollTop ?? 0;
  const place = still ? lookedAt() : null;
  // Who went elsewhere meanwhile, to the box for one, is not called back.
  const isElsewhere = document.activeElement !== document.body && !old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (place) {
    standAgain(place);
    // What lies outside the window has its true height only once it was drawn.
    whenDrawn(() => standAgain(place));
  }
  if (sheetTop > 0 && fresh.querySelector('.narrow-box')) {
    fresh.querySelector('.narrow-box').scrollTop = sheetTop;
  }
  document.title = fresh.dataset.title;
  if (document.body.className !== fresh.dataset.look) {
    document.body.className = fresh.dataset.look;
  }
  status.textContent = fresh.dataset.status;
  if (focus && !isElsewhere) {
    const same = [...fresh.querySelectorAll('[data-key]')].find(link => link.dataset.key === focus);
    (same ?? fresh.querySelector('.narrow-box summary, a'))?.focus({ preventScroll: true });
  }
  if (top) {
    scrollTo(0, 0);
  }
}

/** What the reader has opened stays open. */
function keepOpen(old, fresh) {
  if (old.querySelector('.narrow-box')?.open && fresh.querySelector('.narrow-box')) {
    fresh.querySelector('.narrow-box').open = true;
  }
  for (const facet of old.querySelectorAll('.facet[data-facet]')) {
    const same = fresh.querySelector(`.facet[data-facet="${CSS.escape(facet.dataset.facet)}"]`);
    if (same) {
      same.open = facet.open || same.querySelector('[aria-current]') !== null;
      const more = facet.querySelector('.more');
      if (more?.open && same.querySelector('.more')) {
        same.querySelector('.more').open = true;
      }
    }
  }
}

function enhance(results) {
  // Where there is room the style shows the facets in any case; this says so to a screen reader.
  if (wide.matches && results.querySelector('.narrow-box')) {
    results.querySelector('.narrow-box').open = true;
  }
  for (const facet of results.querySelectorAll('.facet[data-facet]')) {
    const more = facet.querySelector('.more');
    if (more && more.querySelectorAll('li').length > 6) {
      more.before(searchOf(facet));
    }
  }
}

/** A field that searches all values of a long facet, also those that the page does not list. */
function searchOf(facet) {
  const search = document.createElement('input');
  const name = facet.querySelector('summary').textContent.trim();
  search.type = 'search';
  search.className = 'filter';
  search.placeholder = 'Find';
  search.autocomplete = 'off';
  search.dir = 'auto';
  search.setAttribute('aria-label', 'Find in ' + name);
  const whole = [...facet.querySelectorAll(':scope > ul, :scope > .more')];
  const found = document.createElement('ul');
  found.hidden = true;
  found.setAttribute('aria-label', 'Found in ' + name);
  whole[0].before(found);
  let wait = 0;
  search.addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const wanted = search.value.trim();
      if (wanted !== '') {
        const address = new URL(location.href);
        address.searchParams.set('fragment', 'results');
        address.searchParams.set('facet.' + facet.dataset.facet, wanted);
        const response = await fetch(address.pathname + address.search);
        const page = new DOMParser().parseFromString(await response.text(), 'text/html');
        const values = page.querySelectorAll(`[data-facet="${CSS.escape(facet.dataset.facet)}"] .value`);
        found.replaceChildren(...[...values].map(value => value.closest('li')));
        status.textContent = values.length === 1 ? '1 value' : values.length + ' values';
      }
      found.hidden = wanted === '';
      whole.forEach(part => {
        part.hidden = wanted !== '';
      });
    }, PAUSE_MS);
  });
  return search;
}

function go(address, options) {
  typing = false;
  clearTimeout(pause);
  // It is asked for first: all that a new address sets going can wait.
  show(address, options);
  history.pushState(null, '', address);
}

box.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const address = addressOfForm(true);
    if (address === location.pathname + location.search) {
      return;
    }
    show(address);
    // One step back undoes all of what was typed in a row, not a letter of it.
    if (typing) {
      history.replaceState(null, '', address);
    } else {
      history.pushState(null, '', address);
      typing = true;
    }
  }, PAUSE_MS);
});

box.addEventListener('blur', () => {
  typing = false;
});

form.addEventListener('submit', event => {
  event.preventDefault();
  const address = addressOfForm();
  if (address === location.pathname + location.search) {
    clearTimeout(pause);
    show(address);
  } else {
    go(address);
  }
});

// On a strip the nearest place with a hit is meant.
document.addEventListener('click', event => {
  const strip = event.target.closest('[data-strip]');
  if (!strip || strip.dataset.seconds === '') {
    return;
  }
  const box = strip.getBoundingClientRect();
  const at = ((event.clientX - box.left) / box.width) * (Number(strip.dataset.length) / 1000);
  const nearest = strip.dataset.seconds
    .split(' ')
    .map(Number)
    .reduce((best, second) => (Math.abs(second - at) < Math.abs(best - at) ? second : best));
  const address = new URL(strip.dataset.strip, location.href);
  address.searchParams.set('t', String(nearest));
  location.assign(address.href);
});

document.addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented || !link.closest('#results, .brand')) {
    return;
  }
  const address = new URL(link.href, location.href);
  if (address.origin !== location.origin || address.pathname !== '/') {
    return;
  }
  event.preventDefault();
  box.value = address.searchParams.get('q') ?? '';
  const turnsPage = address.searchParams.has('cursor') || link.closest('.pages') !== null;
  go(address.pathname + address.search, { focus: link.dataset.key ?? null, top: turnsPage });
});

// What is in use is left as it is: the reader is offered what is new instead.
document.addEventListener('indexgrown', event => {
  const results = document.getElementById('results');
  const isPlaying = [...document.querySelectorAll('audio, video')].some(media => !media.paused);
  const isUsed = isPlaying || document.querySelector('dialog[open]') !== null || !getSelection().isCollapsed;
  if (results && current !== '/' && !isUsed && !results.hasAttribute('aria-busy')) {
    event.preventDefault();
    const focus = results.contains(document.activeElement) ? document.activeElement.closest('[data-key]') : null;
    show(current, { whole: true, still: true, focus: focus?.dataset.key ?? null });
  }
});

addEventListener('popstate', () => {
  typing = false;
  clearTimeout(pause);
  const address = new URL(location.href);
  if (address.pathname + address.search === current) {
    return;
  }
  box.value = address.searchParams.get('q') ?? '';
  show(address.pathname + address.search, { whole: true });
});

enhance(document.getElementById('results'));
