// What every page does beyond links and forms: a key to the search box, and links to copy.

import { onKey } from './keys.js';

const box = document.getElementById('within') ?? document.getElementById('q');

onKey('/', () => {
  box.focus();
  box.select();
});

// Help: which keys there are.

const help = document.getElementById('help');

onKey('?', () => help.showModal());

for (const button of document.querySelectorAll('[data-help]')) {
  button.hidden = false;
  button.addEventListener('click', () => help.showModal());
}

// A press beside the box closes it, as it does everywhere.
help.addEventListener('click', event => {
  if (event.target === help) {
    help.close();
  }
});

for (const hint of document.querySelectorAll('.hint')) {
  hint.hidden = !hint.parentElement.contains(box);
}

// On a phone a link goes to the sheet of the system, which knows the apps that take it.
const shares = navigator.share && matchMedia('(pointer: coarse)').matches;
if (shares) {
  document.documentElement.classList.add('shares');
}

/** The code that shows an episode on another page, from where the reader is in this one. */
function codeOf(button) {
  const t = new URL(location.href).searchParams.get('t');
  const at = t === null ? '' : '?t=' + encodeURIComponent(t);
  return button.dataset.code.replace(button.dataset.embed, () => button.dataset.embed + at);
}

if (navigator.clipboard || shares) {
  // The style shows the buttons then, also those of results that are yet to come.
  document.documentElement.classList.add('copies');
  document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy]');
    if (!button) {
      return;
    }
    const address = button.dataset.copy === 'here' ? location.href : new URL(button.dataset.copy, location.href).href;
    if (shares && button.dataset.copy !== 'embed') {
      await navigator.share({ title: document.title, url: address }).catch(() => {});
      return;
    }
    const label = button.querySelector('span');
    const before = label.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy === 'embed' ? codeOf(button) : address);
      label.textContent = 'Copied';
      document.getElementById('status').textContent = 'Copied.';
    } catch {
      label.textContent = 'Could not copy';
    }
    setTimeout(() => {
      label.textContent = before;
    }, 1800);
  });
}
