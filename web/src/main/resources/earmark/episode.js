// The player of an episode: it seeks to the moment of the address and to any moment, word or place
// on the strip that is chosen, and the transcript follows what is heard.

const page = document.querySelector('.episode-page');
const section = page.querySelector('.player');
const strip = page.querySelector('.strip');
const durationMs = Number(strip?.dataset.duration ?? 0);

/** A file in an audio or video element. Times are milliseconds. */
function filePlayer(media) {
  return {
    seek(ms, play) {
      media.currentTime = ms / 1000;
      if (play) {
        media.play().catch(() => {});
      }
    },
    toggle() {
      if (media.paused) {
        media.play().catch(() => {});
      } else {
        media.pause();
      }
    },
    skip(ms) {
      media.currentTime = Math.max(0, media.currentTime + ms / 1000);
    },
    onTime(listener) {
      media.addEventListener('timeupdate', () => listener(media.currentTime * 1000));
      media.addEventListener('seeked', () => listener(media.currentTime * 1000));
    },
  };
}

/**
 * A video of YouTube, which is not asked for anything before the first wish to play. Once its frame
 * answers it is told where to go; until then, and if it never does, it is loaded from there.
 */
function youtubePlayer(facade, source) {
  const origin = new URL(source).origin;
  const listeners = [];
  let frame = null;
  let answers = false;
  let now = 0;
  let playing = false;

  function tell(message) {
    frame.contentWindow.postMessage(JSON.stringify(message), origin);
  }

  function command(name, ...values) {
    tell({ event: 'command', func: name, args: values });
  }

  function addressAt(ms) {
    const address = new URL(source);
    address.searchParams.set('start', String(Math.floor(ms / 1000)));
    address.searchParams.set('autoplay', '1');
    address.searchParams.set('enablejsapi', '1');
    address.searchParams.set('origin', location.origin);
    return address.href;
  }

  function load(ms) {
    if (frame === null) {
      frame = document.createElement('iframe');
      frame.title = 'YouTube player';
      frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
      frame.referrerPolicy = 'strict-origin-when-cross-origin';
      frame.addEventListener('load', () => tell({ event: 'listening', id: 1, channel: 'widget' }));
      facade.replaceWith(frame);
    }
    frame.src = addressAt(ms);
  }

  addEventListener('message', event => {
    if (frame === null || event.source !== frame.contentWindow || event.origin !== origin) {
      return;
    }
    answers = true;
    let info = null;
    try {
      info = JSON.parse(event.data).info;
    } catch {
      return;
    }
    if (info && typeof info.playerState === 'number') {
      playing = info.playerState === 1;
    }
    if (info && typeof info.currentTime === 'number') {
      now = info.currentTime * 1000;
      listeners.forEach(listener => listener(now));
    }
  });

  facade.addEventListener('click', event => {
    if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      const start = Number(new URL(source).searchParams.get('start') ?? 0) * 1000;
      load(start);
      frame.focus();
    }
  });

  return {
    seek(ms, play) {
      if (frame === null && !play) {
        return;
      }
      if (frame !== null && answers) {
        command('seekTo', ms / 1000, true);
        command('playVideo');
      } else {
        load(ms);
      }
    },
    toggle() {
      if (frame === null) {
        load(0);
      } else {
        command(playing ? 'pauseVideo' : 'playVideo');
      }
    },
    skip(ms) {
      if (answers) {
        command('seekTo', Math.max(0, now + ms) / 1000, true);
      }
    },
    onTime(listener) {
      listeners.push(listener);
    },
  };
}

function findPlayer() {
  const media = section?.querySelector('audio, video');
  if (media) {
    return filePlayer(media);
  }
  const facade = section?.querySelector('.facade');
  return facade ? youtubePlayer(facade, section.dataset.source) : null;
}

const player = findPlayer();

// Where the reader is: the moment that is heard or was chosen.

const spoken = [...page.querySelectorAll('.turn .moment[data-from]')];
const starts = spoken.map(moment => Number(moment.dataset.from));
let following = true;

function lastStarted(times, ms) {
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

function mark(moment) {
  const marked = page.querySelector('.moment[aria-current]');
  if (marked !== moment) {
    marked?.removeAttribute('aria-current');
    moment?.setAttribute('aria-current', 'true');
    return true;
  }
  return false;
}

/** The times of a moment's words: characters and milliseconds from the start of the recording. */
function timesOf(text) {
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

function rangeOf(text, from, to) {
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

/** Underlines the word that is heard, by share between the times that are known. */
function underline(moment, ms) {
  if (!('highlights' in CSS)) {
    return;
  }
  CSS.highlights.delete('spoken');
  const text = moment?.querySelector('.text[data-times]');
  if (!text) {
    return;
  }
  const times = timesOf(text);
  const index = lastStarted(times.map(pair => pair.ms), ms);
  if (index < 0) {
    return;
  }
  const content = text.textContent;
  const here = times[index];
  const next = times[index + 1] ?? { character: content.length, ms: Number(moment.dataset.to) };
  const share = next.ms > here.ms ? Math.min(1, (ms - here.ms) / (next.ms - here.ms)) : 0;
  const guess = here.character + Math.floor((next.character - here.character) * share);
  const before = content.lastIndexOf(' ', Math.min(guess, content.length - 1));
  const from = Math.max(here.character, before + 1);
  const space = content.indexOf(' ', from + 1);
  const range = rangeOf(text, from, space < 0 ? content.length : space);
  if (range) {
    CSS.highlights.set('spoken', new Highlight(range));
  }
}

function isInSight(element) {
  const box = element.getBoundingClientRect();
  return box.top > 80 && box.bottom < innerHeight - 40;
}

function bring(element) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
}

function follow(ms) {
  const playhead = strip?.querySelector('.playhead');
  if (playhead && durationMs > 0) {
    const share = Math.min(100, (100 * ms) / durationMs) + '%';
    playhead.setAttribute('x1', share);
    playhead.setAttribute('x2', share);
    playhead.setAttribute('visibility', 'visible');
  }
  const index = lastStarted(starts, ms);
  const moment = index < 0 ? null : spoken[index];
  if (moment && mark(moment) && following && !isInSight(moment)) {
    bring(moment);
  }
  underline(moment, ms);
}

// A reader who scrolls away wants to read there; choosing a moment brings the following back.
for (const kind of ['wheel', 'touchmove']) {
  addEventListener(kind, () => {
    following = false;
  }, { passive: true });
}

/** The instant of an address of this page: its t, read as the server writes it. */
function timeOf(address) {
  const t = address.searchParams.get('t');
  const seconds = t === null ? NaN : Number.parseFloat(t);
  return Number.isNaN(seconds) ? null : seconds * 1000;
}

function chosen(target) {
  mark(target);
  const selected = page.querySelector('.matches a.chosen');
  selected?.classList.remove('chosen');
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!plain || event.defaultPrevented) {
    return;
  }
  if (link) {
    const href = typeof link.href === 'string' ? link.href : link.href.baseVal;
    const address = new URL(href, location.href);
    const ms = timeOf(address);
    if (address.origin !== location.origin || address.pathname !== location.pathname || ms === null) {
      return;
    }
    event.preventDefault();
    // Going to the fragment also moves :target; the address then gets its time.
    location.hash = address.hash;
    history.replaceState(null, '', address.pathname + address.search + address.hash);
    const target = address.hash ? document.getElementById(address.hash.slice(1)) : null;
    if (target) {
      chosen(target.classList.contains('moment') ? target : null);
      bring(target);
    }
    if (link.closest('.matches')) {
      link.classList.add('chosen');
    }
    following = true;
    player?.seek(exact(target, ms), true);
    return;
  }
  const text = event.target.closest?.('.turn .text[data-times]');
  if (player && text && getSelection().isCollapsed) {
    const ms = timeAtPoint(text, event.clientX, event.clientY);
    if (ms !== null) {
      following = true;
      player.seek(ms, true);
    }
    return;
  }
  if (strip && event.target.closest?.('.strip') && durationMs > 0 && player) {
    const box = strip.getBoundingClientRect();
    player.seek((durationMs * (event.clientX - box.left)) / box.width, true);
  }
});

/** An address carries whole seconds; a moment that starts in that second says exactly when. */
function exact(target, ms) {
  const from = Number(target?.dataset.from);
  return from >= ms && from < ms + 1000 ? from : ms;
}

function timeAtPoint(text, x, y) {
  let node;
  let offset;
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    node = caret?.offsetNode;
    offset = caret?.offset;
  } else {
    const range = document.caretRangeFromPoint?.(x, y);
    node = range?.startContainer;
    offset = range?.startOffset;
  }
  if (!node || !text.contains(node)) {
    return null;
  }
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, offset);
  const character = range.toString().length;
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

// Keys: space plays and pauses, arrows skip five seconds, j and k go through what was found.

const matches = [...page.querySelectorAll('.matches a')];
let match = -1;

document.addEventListener('keydown', event => {
  const busy = event.target.closest?.('input, textarea, select, button, a, summary, audio, video');
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select')) {
    return;
  }
  if ((event.key === 'j' || event.key === 'k') && matches.length > 0) {
    match = (match + (event.key === 'j' ? 1 : -1) + matches.length) % matches.length;
    matches[match].click();
    matches[match].scrollIntoView({ block: 'nearest' });
  } else if (!player || busy) {
    return;
  } else if (event.key === ' ') {
    event.preventDefault();
    player.toggle();
  } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
    event.preventDefault();
    player.skip(event.key === 'ArrowLeft' ? -5000 : 5000);
  }
});

// On a narrow screen the contents stand between the player and the text, so they start closed.
if (matchMedia('(max-width: 56rem)').matches) {
  for (const part of page.querySelectorAll('.contents details')) {
    part.open = false;
  }
}

// The moment the address is about.

if (player) {
  page.classList.add('playing');
  player.onTime(follow);
}
const current = page.querySelector('.moment[aria-current]');
if (current && location.hash === '') {
  current.scrollIntoView({ block: 'center' });
}
