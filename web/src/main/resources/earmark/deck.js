// The bar at the bottom of a narrow screen: the places found, the player, and the rest, by thumb.

import { place, step } from './matches.js';
import { showPlaying } from './player.js';

const RATES = [1, 1.25, 1.5, 1.75, 2, 0.75];
const SKIP_MS = 15_000;

/** Sets up the bar; without a player it only goes through what was found. */
export function setUpDeck(player) {
  const page = document.querySelector('.episode-page');
  const deck = document.getElementById('deck');
  const menu = document.getElementById('deck-menu');
  const found = deck.querySelector('.deck-found');
  const play = deck.querySelector('[data-deck=play]');
  const speed = deck.querySelector('[data-deck=rate]');
  let rate = 0;

  function count() {
    const { number, total } = place();
    found.hidden = total === 0;
    found.querySelector('.deck-place').textContent = (number === 0 ? '–' : number) + '/' + total;
    deck.hidden = player === null && total === 0;
    document.body.classList.toggle('decked', !deck.hidden);
  }

  function toggleMenu(open) {
    menu.hidden = !open;
    deck.querySelector('[data-deck=more]').setAttribute('aria-expanded', String(open));
  }

  const actions = {
    previous: () => step(-1),
    next: () => step(1),
    back: () => player.skip(-SKIP_MS),
    play: () => player.toggle(),
    on: () => player.skip(SKIP_MS),
    rate() {
      rate = (rate + 1) % RATES.length;
      player.setRate(RATES[rate]);
      speed.querySelector('span').textContent = RATES[rate] + '×';
    },
    more: () => toggleMenu(menu.hidden),
    within() {
      document.getElementById('within').focus();
    },
    contents() {
      const contents = page.querySelector('.contents');
      contents.querySelector('details').open = true;
      contents.scrollIntoView({ block: 'start' });
    },
    top: () => scrollTo(0, 0),
  };

  for (const part of [deck, menu]) {
    part.addEventListener('click', event => {
      const button = event.target.closest('button');
      actions[button?.dataset.deck]?.();
      if (button && part === menu) {
        toggleMenu(false);
      }
    });
  }
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !menu.hidden) {
      toggleMenu(false);
      deck.querySelector('[data-deck=more]').focus();
    }
  });
  document.addEventListener('pointerdown', event => {
    if (!event.target.closest('#deck, #deck-menu')) {
      toggleMenu(false);
    }
  });

  for (const button of deck.querySelectorAll('.deck-player')) {
    button.hidden = player === null;
  }
  player?.onState(playing => showPlaying(play, playing));
  page.addEventListener('matches', count);
  count();
}
