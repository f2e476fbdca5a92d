// Plays a hit where it stands. Nothing is loaded before it is asked for, and one thing plays at a
// time; without this script the link leads to the page of the episode at that second.

function element(type, source) {
  if (type === 'youtube') {
    const address = new URL(source);
    address.searchParams.set('autoplay', '1');
    const frame = document.createElement('iframe');
    frame.src = address.href;
    frame.title = 'YouTube player';
    frame.allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture';
    frame.referrerPolicy = 'strict-origin-when-cross-origin';
    return frame;
  }
  const media = document.createElement(type);
  media.controls = true;
  media.autoplay = true;
  media.src = source;
  return media;
}

document.addEventListener('click', event => {
  const link = event.target.closest('[data-play]');
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  const stage = link.closest('.hit').querySelector('.stage');
  for (const other of document.querySelectorAll('.stage')) {
    other.replaceChildren();
  }
  stage.append(element(link.dataset.play, link.dataset.source));
  stage.firstElementChild.focus();
});
