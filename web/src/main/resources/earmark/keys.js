// Keys of one letter. They can be switched off, as WCAG 2.1.4 asks: who dictates or has a shaky hand
// would set them off without meaning to.

const STORED = 'earmark.keys';
const handlers = new Map();

function isOn() {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

/** Whether letters go into a field that has the focus. */
export function isTyping(target) {
  return target.closest?.('input, textarea, select, [contenteditable]') != null;
}

/** Runs something at a key of one letter, unless it is typed into a field or keys are off. */
export function onKey(key, run) {
  handlers.set(key, run);
}

document.addEventListener('keydown', event => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
  const run = handlers.get(event.key);
  if (run && plain && !isTyping(event.target) && !document.querySelector('dialog[open]') && isOn()) {
    event.preventDefault();
    run();
  }
});

// Browsers empty a search field at Escape, and with it what it took to find the query.
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && event.target.matches?.('input[type=search]')) {
    event.preventDefault();
  }
});

const choice = document.getElementById('single-keys');
if (choice) {
  choice.checked = isOn();
  choice.addEventListener('change', () => {
    try {
      localStorage.setItem(STORED, choice.checked ? 'on' : 'off');
    } catch {
      // It then holds for this page only, as nothing may be kept.
    }
  });
}
