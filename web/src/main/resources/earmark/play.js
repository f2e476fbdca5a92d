// Plays a hit where it stands. Nothing is loaded before it is asked for, and one thing plays at a
// time; without this script the link leads to the page of the episode at that second.

import { filePlayer, showPlaying, youtubePlayer } from './player.js';
import { announce } from './session.js';

let current = null;

function playerIn(stage, type, source) {
  if (type === 'youtube') {
    const place = document.createElement('span');
    stage.append(place);
    return youtubePlayer(place, source);
  }
  const media = document.createElement(type);
  media.controls = true;
  media.src = source;
  stage.append(media);
  return filePlayer(media);
}

function start(link) {
  if (current) {
    showPlaying(current.link, false);
    current.stage.replaceChildren();
  }
  const stage = link.closest('.hit, .line').querySelector('.stage');
  const player = playerIn(stage, link.dataset.play, link.dataset.source);
  current = { link, stage, player };
  player.onState(playing => {
    showPlaying(link, playing);
    if (playing) {
      announce(player, link.closest('.hit, .line').dataset);
    }
  });
  player.toggle();
}

document.addEventListener('click', event => {
  const link = event.target.closest('[data-play]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  if (current?.link === link) {
    current.player.toggle();
  } else {
    start(link);
  }
});
