// The places found in an episode, gone through one by one.

const page = document.querySelector('.episode-page');

function links() {
  return [...page.querySelectorAll('.matches a')];
}

function chosen(all) {
  const at = all.findIndex(link => link.classList.contains('chosen'));
  // Who comes by a link to a place starts there.
  return at >= 0 ? at : all.findIndex(link => location.hash !== '' && link.hash === location.hash);
}

/** Where the reader is among the places: a number from 1, or 0 before the first; and how many there are. */
export function place() {
  const all = links();
  return { number: chosen(all) + 1, total: all.length };
}

/** Goes to the next or the previous place; round at the ends. */
export function step(by) {
  const all = links();
  if (all.length === 0) {
    return;
  }
  const at = chosen(all);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
  all[next].click();
  const list = all[next].closest('.matches');
  // Only the list is scrolled, not the page.
  list.scrollTop = all[next].offsetTop - list.offsetTop - list.clientHeight / 3;
}

/** Marks a place as the one the reader is at. */
export function choose(link) {
  page.querySelector('.matches a.chosen')?.classList.remove('chosen');
  link?.classList.add('chosen');
  changed();
}

/** To be called when there are other places, or the reader is at another. */
export function changed() {
  page.dispatchEvent(new Event('matches'));
}
