// What plays an episode on its page: a file, or a video of YouTube. Each can seek, toggle, skip, and
// tells those who listen what instant is heard, in milliseconds.

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
      const tell = () => listener(media.currentTime * 1000);
      // The event comes four times a second; a word is often shorter.
      const watch = () => {
        tell();
        if (!media.paused && !media.ended) {
          requestAnimationFrame(watch);
        }
      };
      media.addEventListener('play', watch);
      media.addEventListener('timeupdate', tell);
      media.addEventListener('seeked', tell);
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

/** The player of a section of the page; null if it has none. */
export function findPlayer(section) {
  const media = section?.querySelector('audio, video');
  if (media) {
    return filePlayer(media);
  }
  const facade = section?.querySelector('.facade');
  return facade ? youtubePlayer(facade, section.dataset.source) : null;
}
