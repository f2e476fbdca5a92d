// On a narrow screen the filters are a sheet over the results: what is chosen there is counted at
// once, and the sheet stays until it is sent away, so the results are where they were.

const narrow = matchMedia('(max-width: 56rem)');
document.documentElement.classList.add('sheets');

function isOpen() {
  return narrow.matches && document.querySelector('.narrow-box')?.open === true;
}

function update() {
  const open = isOpen();
  document.body.classList.toggle('sheeted', open);
  for (const behind of document.querySelectorAll('.found, .site, .site-foot')) {
    behind.inert = open;
  }
}

function close() {
  const box = document.querySelector('.narrow-box');
  box.open = false;
  update();
  box.querySelector('summary').focus({ preventScroll: true });
}

// The event does not bubble, but it can be seen on its way down.
document.addEventListener('toggle', event => {
  if (event.target.matches?.('.narrow-box')) {
    update();
  }
}, true);

document.addEventListener('click', event => {
  if (event.target.closest('[data-sheet-done]')) {
    close();
  }
});

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && isOpen()) {
    close();
  }
});

narrow.addEventListener('change', update);
