// What plays a recording: a file, or a video of YouTube. Each can seek, toggle, skip and change its
// speed, and tells those who listen what instant is heard, in milliseconds, and whether it plays.

/** A file in an audio or video element. Times are milliseconds. */
export function filePlayer(media) {
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
    setRate(rate) {
      media.playbackRate = rate;
    },
    isPlaying() {
      return !media.paused && !media.ended;
    },
    onTime(listener) {
      const tell = () => listener(media.currentTime * 1000);
      let watching = false;
      // The event comes four times a second; a word is often shorter.
      const watch = () => {
        tell();
        watching = !media.paused && !media.ended;
        if (watching) {
          requestAnimationFrame(watch);
        }
      };
      media.addEventListener('play', () => {
        // Who loads another file may begin to play before the pause was seen.
        if (!watching) {
          watch();
        }
      });
      media.addEventListener('timeupdate', tell);
      media.addEventListener('seeked', tell);
    },
    onState(listener) {
      for (const kind of ['play', 'pause', 'ended']) {
        media.addEventListener(kind, () => listener(!media.paused && !media.ended));
      }
    },
  };
}

/**
 * A video of YouTube, which is not asked for anything before the first wish to play. Its frame then
 * takes the place of an element. Once the frame answers it is told where to go; until then, and if
 * it never does, it is loaded from there.
 */
export function youtubePlayer(place, source) {
  const origin = new URL(source).origin;
  const timeListeners = [];
  const stateListeners = [];
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

  function setPlaying(state) {
    if (playing !== state) {
      playing = state;
      stateListeners.forEach(listener => listener(playing));
    }
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
      place.replaceWith(frame);
    }
    frame.src = addressAt(ms);
    setPlaying(true);
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
      // 1 plays, 3 is about to.
      setPlaying(info.playerState === 1 || info.playerState === 3);
    }
    if (info && typeof info.currentTime === 'number') {
      now = info.currentTime * 1000;
      timeListeners.forEach(listener => listener(now));
    }
  });

  /** Where the source begins, in milliseconds. */
  const begin = Number(new URL(source).searchParams.get('start') ?? 0) * 1000;

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
        load(begin);
        frame.focus();
      } else {
        command(playing ? 'pauseVideo' : 'playVideo');
        setPlaying(!playing);
      }
    },
    skip(ms) {
      if (answers) {
        command('seekTo', Math.max(0, now + ms) / 1000, true);
      }
    },
    setRate(rate) {
      if (answers) {
        command('setPlaybackRate', rate);
      }
    },
    isPlaying() {
      return playing;
    },
    onTime(listener) {
      timeListeners.push(listener);
    },
    onState(listener) {
      stateListeners.push(listener);
    },
  };
}

export const PLAY = 'M5 3.5v13l11-6.5z';
export const STOP = 'M4.5 4.5h11v11h-11z';
const PAUSE = 'M5 3.5h3.5v13H5zM11.5 3.5H15v13h-3.5z';

/** Lets a button or link say what a press on it does now. */
export function showPlaying(button, playing) {
  button.querySelector('.icon.solid path').setAttribute('d', playing ? PAUSE : PLAY);
  const label = button.querySelector('.play-label');
  if (label) {
    label.textContent = playing ? 'Pause' : 'Play';
  } else {
    button.setAttribute('aria-label', playing ? 'Pause' : 'Play');
  }
}
