// Suggestions below the search box: a combobox with a list, after the ARIA Authoring Practices
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The box keeps the focus; the arrows go
// through the list, Enter takes what is chosen there, Escape closes it.

const PAUSE_MS = 90;
const MOST = 8;
const NAMES = {
  speaker: 'Speaker',
  show: 'Show',
  topic: 'Topic',
  episode: 'Episode',
  chapter: 'Chapter',
  phrase: 'Phrase',
  word: 'Word',
};

const box = document.getElementById('q');
const list = document.getElementById('suggestions');
const form = document.getElementById('search');

let pause = 0;
let running = null;
let active = -1;
let typed = '';

box.setAttribute('role', 'combobox');
box.setAttribute('aria-autocomplete', 'list');
box.setAttribute('aria-controls', list.id);
box.setAttribute('aria-expanded', 'false');

function close() {
  clearTimeout(pause);
  running?.abort();
  list.hidden = true;
  active = -1;
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}

/** The text with what was typed of it told apart. */
function label(text) {
  const span = document.createElement('span');
  span.className = 'text';
  span.dir = 'auto';
  const at = text.toLowerCase().indexOf(typed.trim().toLowerCase());
  if (at < 0 || typed.trim() === '') {
    span.textContent = text;
    return span;
  }
  const part = document.createElement('b');
  part.textContent = text.slice(at, at + typed.trim().length);
  span.append(text.slice(0, at), part, text.slice(at + typed.trim().length));
  return span;
}

function option(suggestion, index) {
  const item = document.createElement('li');
  item.id = 'suggestion-' + index;
  item.role = 'option';
  item.setAttribute('aria-selected', 'false');
  item.dataset.query = suggestion.query ?? '';
  item.dataset.page = suggestion.page ?? '';
  const type = document.createElement('span');
  type.className = 'type';
  type.textContent = NAMES[suggestion.type] ?? suggestion.type;
  item.append(label(suggestion.text), type);
  if (suggestion.count > 1) {
    const count = document.createElement('span');
    count.className = 'count';
    count.textContent = suggestion.count.toLocaleString('en');
    item.append(count);
  }
  return item;
}

async function ask() {
  typed = box.value;
  if (typed.trim() === '') {
    close();
    return;
  }
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    const parameters = new URLSearchParams({ q: typed, limit: String(MOST) });
    const response = await fetch('/api/v1/suggest?' + parameters, { signal });
    const { suggestions } = response.ok ? await response.json() : { suggestions: [] };
    if (signal.aborted || document.activeElement !== box) {
      return;
    }
    const news = suggestions.filter(one => one.query !== typed.trim());
    if (news.length === 0) {
      close();
      return;
    }
    list.replaceChildren(...news.map(option));
    active = -1;
    box.removeAttribute('aria-activedescendant');
    list.hidden = false;
    box.setAttribute('aria-expanded', 'true');
  } catch {
    // Nobody misses a suggestion that could not be had.
  }
}

function choose(index) {
  const items = list.children;
  items[active]?.setAttribute('aria-selected', 'false');
  active = index;
  const item = items[active];
  if (item) {
    item.setAttribute('aria-selected', 'true');
    item.scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', item.id);
  } else {
    box.removeAttribute('aria-activedescendant');
  }
}

function take(item) {
  close();
  if (item.dataset.page !== '') {
    location.assign(item.dataset.page);
    return;
  }
  box.value = item.dataset.query;
  form.requestSubmit();
}

box.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(ask, PAUSE_MS);
});

// Before the form sees Enter.
box.addEventListener('keydown', event => {
  if (event.isComposing) {
    return;
  }
  const count = list.children.length;
  if (event.key === 'ArrowDown' && list.hidden && box.value.trim() !== '') {
    event.preventDefault();
    ask();
  } else if (list.hidden) {
    if (event.key === 'Enter') {
      close();
    }
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    // One place in the round is the box itself, with nothing chosen.
    const step = event.key === 'ArrowDown' ? 1 : -1;
    choose(((active + 1 + step + count + 1) % (count + 1)) - 1);
  } else if (event.key === 'Enter' && active >= 0) {
    event.preventDefault();
    take(list.children[active]);
  } else if (event.key === 'Enter' || event.key === 'Tab') {
    close();
  } else if (event.key === 'Escape') {
    event.preventDefault();
    close();
  }
});

// A press would take the focus from the box and close the list before the click.
list.addEventListener('pointerdown', event => event.preventDefault());
list.addEventListener('click', event => {
  const item = event.target.closest('[role=option]');
  if (item) {
    take(item);
  }
});

box.addEventListener('blur', close);
form.addEventListener('submit', close);
