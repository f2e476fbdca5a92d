// A stretch of years is chosen by dragging over the small drawing of them; a press chooses one.

const form = document.getElementById('search');
let drag = null;

function barAt(figure, x) {
  const bars = [...figure.querySelectorAll('a')];
  const box = figure.querySelector('svg').getBoundingClientRect();
  const at = Math.floor(((x - box.left) / box.width) * bars.length);
  return bars[Math.max(0, Math.min(bars.length - 1, at))];
}

function years() {
  return [drag.from, drag.to].map(bar => Number(bar.dataset.year)).sort((a, b) => a - b);
}

function show() {
  const [first, last] = years();
  for (const bar of drag.figure.querySelectorAll('a')) {
    const year = Number(bar.dataset.year);
    bar.classList.toggle('dragged', year >= first && year <= last);
  }
}

document.addEventListener('pointerdown', event => {
  const figure = event.target.closest?.('.years');
  if (figure && event.button === 0) {
    const bar = barAt(figure, event.clientX);
    drag = { figure, from: bar, to: bar };
  }
});

document.addEventListener('pointermove', event => {
  if (drag) {
    drag.to = barAt(drag.figure, event.clientX);
    show();
  }
});

// A link would be dragged away as a link.
document.addEventListener('dragstart', event => {
  if (drag) {
    event.preventDefault();
  }
});

document.addEventListener('pointercancel', () => {
  drag = null;
});

document.addEventListener('click', event => {
  if (!drag) {
    return;
  }
  const [first, last] = years();
  drag = null;
  if (event.target.closest?.('.years') && first !== last) {
    event.preventDefault();
    take(first, last);
  }
}, true);

document.addEventListener('pointerup', () => {
  // Where it ends on another bar than it began there is no click on a link.
  if (drag && drag.from !== drag.to) {
    const [first, last] = years();
    drag = null;
    take(first, last);
  }
});

function take(first, last) {
  form.elements.from.value = first + '-01-01';
  form.elements.to.value = last + '-12-31';
  form.requestSubmit();
}
