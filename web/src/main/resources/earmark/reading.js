// While the index is filled: says how far it is. A search grows by what has come, and what is looked at
// stays where it is; other pages offer to show what is new.

const line = document.getElementById('reading');
const text = line.querySelector('span');
const link = line.querySelector('a');
const everyMs = 2000;
let shown = null;

/** Whether a page has taken in what is new by itself. */
function isTakenIn() {
  return !document.dispatchEvent(new CustomEvent('indexgrown', { cancelable: true }));
}

async function look() {
  try {
    const answer = await fetch('/api/v1/status', { cache: 'no-store' });
    if (answer.ok) {
      const status = await answer.json();
      shown ??= status.generation;
      if (status.generation !== shown && isTakenIn()) {
        shown = status.generation;
      }
      link.hidden = status.generation === shown;
      if (status.indexing) {
        text.textContent = status.indexing.text;
      } else {
        text.textContent = 'Everything is read.';
        if (link.hidden) {
          return;
        }
      }
    }
  } catch {
    // The server may be restarting; it is asked again.
  }
  setTimeout(look, everyMs);
}

look();
