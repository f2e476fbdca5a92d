// Who comes to the page of an episode by a link to a second, or with words to look for, finds it as a
// server would have sent it: the moment marked, the player set to the second, the words found.

const parameters = new URLSearchParams(location.search);
const page = document.querySelector('.episode-page');

/** The seconds of 835, 835.5, 13:55, 1:13:55 and 1h13m55s, or of the beginning of a clip; NaN if it is none. */
function secondsOf(t) {
  const start = t.replace(/^npt:/, '').split(',')[0];
  const units = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(start);
  if (units && start !== '') {
    return Number(units[1] ?? 0) * 3600 + Number(units[2] ?? 0) * 60 + Number(units[3] ?? 0);
  }
  if (!/^\d+(?::\d\d?){0,2}(?:\.\d+)?$/.test(start)) {
    return NaN;
  }
  return start.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

function arriveAt(seconds) {
  const named = location.hash.startsWith('#m-') ? document.getElementById(location.hash.slice(1)) : null;
  const heard = [...page.querySelectorAll('.turn .moment[data-from]')];
  const placed = heard.length > 0 ? heard : [...page.querySelectorAll('.moment[data-from]')];
  const moment = named ?? placed.findLast(one => Number(one.dataset.from) < (seconds + 1) * 1000);
  moment?.setAttribute('aria-current', 'true');
  const section = page.querySelector('.player');
  const media = section?.querySelector('audio, video');
  if (media) {
    media.src = media.getAttribute('src').replace(/#.*/, '') + '#t=' + seconds;
  }
  const facade = section?.querySelector('.facade');
  if (facade) {
    const source = new URL(section.dataset.source);
    source.searchParams.set('start', String(Math.floor(seconds)));
    section.dataset.source = source.href;
    const watch = new URL(facade.href);
    watch.searchParams.set('t', Math.floor(seconds) + 's');
    facade.href = watch.href;
  }
}

const seconds = secondsOf(parameters.get('t') ?? '');
if (!Number.isNaN(seconds)) {
  arriveAt(seconds);
}

const query = parameters.get('q') ?? '';
const box = document.getElementById('within');
if (query !== '' && box) {
  box.value = query;
  addEventListener('load', () => {
    // The search inside writes an address without a second.
    const address = location.href;
    box.form.requestSubmit();
    history.replaceState(null, '', address);
  });
}
