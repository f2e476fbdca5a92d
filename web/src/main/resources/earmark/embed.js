// An episode on a page of another site: the transcript follows the player, a press on a word or a time
// goes there, and a clip stops where it ends.

import { bring, follow, whilePlaying } from './follow.js';
import { findPlayer, listen, marked, timeAtPoint } from './heard.js';
import { announce } from './session.js';

const page = document.querySelector('.embed');
const player = findPlayer(page.querySelector('.player'));

/** Where the clip ends; nothing ends once the reader goes elsewhere. */
let endMs = page.dataset.end === undefined ? Infinity : Number(page.dataset.end);

function go(ms) {
  endMs = Infinity;
  follow();
  player.seek(ms, true);
}

if (player) {
  page.classList.add('playing');
  player.onState(playing => playing && announce(player, page.dataset));
  player.onTime(ms => {
    listen(ms);
    if (ms >= endMs && player.isPlaying()) {
      endMs = Infinity;
      player.toggle();
    }
  });
  whilePlaying(() => player.isPlaying());

  document.addEventListener('click', event => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain) {
      return;
    }
    const moment = event.target.closest('.when-said a')?.closest('[data-from]');
    if (moment) {
      event.preventDefault();
      go(Number(moment.dataset.from));
      return;
    }
    const text = event.target.closest('.turn .text[data-times]');
    const ms = text && getSelection().isCollapsed ? timeAtPoint(text, event.clientX, event.clientY) : null;
    if (ms !== null) {
      go(ms);
    }
  });
}

if (marked()) {
  bring(marked());
}
