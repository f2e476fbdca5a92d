// The words of a transcript and their times. A text carries the times of some of its words in its
// data-times, about one a second; between two of them the time is interpolated.

/** The last of some times, in order, that is not after an instant; -1 if there is none. */
export function lastStarted(times, ms) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] > ms) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low - 1;
}

/** The times of a moment's words: characters and milliseconds from the start of the recording. */
export function timesOf(text) {
  if (text.times === undefined) {
    const from = Number(text.closest('.moment').dataset.from);
    let character = 0;
    text.times = (text.dataset.times ?? '')
      .split(' ')
      .filter(pair => pair !== '')
      .map(pair => {
        const [distance, time] = pair.split(',').map(Number);
        character += distance;
        return { character, ms: from + time * 10 };
      });
  }
  return text.times;
}

/** The characters of an element from one to the one before another. */
export function rangeOf(text, from, to) {
  const range = document.createRange();
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = 0;
  let started = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const end = at + node.length;
    if (!started && from < end) {
      range.setStart(node, from - at);
      started = true;
    }
    if (started && to <= end) {
      range.setEnd(node, to - at);
      return range;
    }
    at = end;
  }
  if (started) {
    range.setEnd(text, text.childNodes.length);
  }
  return started ? range : null;
}

/** The character of an element that a place in one of its texts is. */
export function characterAt(element, node, offset) {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** When a character of a text is spoken, in milliseconds; null if that is not known. */
export function timeOf(text, character) {
  const times = timesOf(text);
  const index = lastStarted(times.map(pair => pair.character), character);
  if (index < 0) {
    return null;
  }
  const here = times[index];
  const end = { character: text.textContent.length, ms: Number(text.closest('.moment').dataset.to) };
  const next = times[index + 1] ?? end;
  const width = next.character - here.character;
  return width > 0 ? here.ms + ((next.ms - here.ms) * (character - here.character)) / width : here.ms;
}

/** A time as the pages write it: 13:55, 1:02:11. */
export function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  const rest = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  return hours > 0
    ? hours + ':' + rest.map(part => String(part).padStart(2, '0')).join(':')
    : rest[0] + ':' + String(rest[1]).padStart(2, '0');
}
