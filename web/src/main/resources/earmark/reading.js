// While the index is filled: says how far it is, and offers what has come since the page was made.
// Nothing on the page moves by itself.

const line = document.getElementById('reading');
const text = line.querySelector('span');
const link = line.querySelector('a');
const everyMs = 2000;
let shown = null;

async function look() {
  try {
    const answer = await fetch('/api/v1/status', {cache: 'no-store'});
    if (answer.ok) {
      const status = await answer.json();
      shown ??= status.generation;
      link.hidden = status.generation === shown;
      if (status.indexing) {
        text.textContent = status.indexing.text;
      } else {
        text.textContent = 'Everything is read.';
        return;
      }
    }
  } catch {
    // The server may be restarting; it is asked again.
  }
  setTimeout(look, everyMs);
}

look();
