// Where am I: once the head of an episode's page is out of sight, the bar says which episode it is, of
// which show, and where in it; the search box gives way to a button that brings it back.

const here = document.getElementById('here');
const box = document.getElementById('q');
const heading = document.querySelector('.episode-head h1');
const body = document.body;

document.querySelector('.site .brand').after(here);
here.hidden = false;

new IntersectionObserver(([entry]) => {
  const isAbove = !entry.isIntersecting && entry.boundingClientRect.top < innerHeight / 2;
  body.classList.toggle('scrolled', isAbove);
}, { rootMargin: '-72px 0px 0px 0px' }).observe(heading);

here.querySelector('button').addEventListener('click', () => {
  body.classList.add('searching');
  box.focus();
});

box.addEventListener('blur', () => {
  // A press on the button of the form takes the focus first.
  setTimeout(() => {
    if (!box.form.contains(document.activeElement)) {
      body.classList.remove('searching');
    }
  }, 200);
});
