// Plays a hit where it stands. Nothing is loaded before it is asked for, and one thing plays at a
// time; without this script the link leads to the page of the episode at that second.

import { filePlayer, showPlaying, youtubePlayer } from './player.js';
import { announce } from './session.js';

/** What plays: the link of the hit, its stage, its player, and who listens. */
let current = null;

/** The elements that play files, by their type: one that a press has started may go on with the next file. */
const files = new Map();

function hear(player) {
  player.onState(playing => {
    if (current?.player !== player) {
      return;
    }
    showPlaying(current.link, playing);
    if (playing) {
      announce(player, current.link.closest('.hit, .line').dataset);
    }
    current.listener?.state(playing);
  });
  player.onTime(ms => {
    if (current?.player === player) {
      current.listener?.time(ms);
    }
  });
}

function fileIn(stage, type, source) {
  if (!files.has(type)) {
    const media = document.createElement(type);
    const player = filePlayer(media);
    media.controls = true;
    hear(player);
    for (const kind of ['ended', 'error']) {
      media.addEventListener(kind, () => {
        if (current?.player === player) {
          current.listener?.end();
        }
      });
    }
    files.set(type, { media, player });
  }
  const { media, player } = files.get(type);
  stage.append(media);
  media.src = source;
  return player;
}

function youtubeIn(stage, source) {
  const place = document.createElement('span');
  stage.append(place);
  const player = youtubePlayer(place, source);
  hear(player);
  return player;
}

/** Stops what plays. */
export function stop() {
  if (current) {
    const { link, stage, player, listener } = current;
    if (player.isPlaying()) {
      player.toggle();
    }
    current = null;
    showPlaying(link, false);
    stage.replaceChildren();
    listener?.left(link);
  }
}

/** Plays a hit, by its link; a listener is told its time, its state, its end, and when something else plays. */
export function start(link, listener = null) {
  const before = current;
  current = null;
  if (before) {
    showPlaying(before.link, false);
    before.stage.replaceChildren();
    before.listener?.left(before.link);
  }
  const stage = link.closest('.hit, .line').querySelector('.stage');
  const { play: type, source } = link.dataset;
  const player = type === 'youtube' ? youtubeIn(stage, source) : fileIn(stage, type, source);
  current = { link, stage, player, listener };
  player.toggle();
}

/** Pauses what plays, or goes on with it. */
export function toggle() {
  current?.player.toggle();
}

document.addEventListener('click', event => {
  const link = event.target.closest('[data-play]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  if (current?.link === link) {
    toggle();
  } else {
    start(link);
  }
});
