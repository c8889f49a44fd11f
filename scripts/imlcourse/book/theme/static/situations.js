// The page What is in front of you?: of each situation its first line, which opens the rest. Without
// a script, and on paper, all of them are open.
'use strict';
document.addEventListener('DOMContentLoaded', function () {
  const situations = [...document.querySelectorAll('.iml-counter')];

  const open = function (situation, on) {
    situation.classList.toggle('iml-closed', !on);
    situation.querySelector('h2 button').setAttribute('aria-expanded', String(on));
  };

  // Where the address leads: open, and at the top of the window.
  const follow = function () {
    const wanted = situations.find(({ id }) => id === decodeURIComponent(location.hash.slice(1)));
    if (!wanted) return;
    wanted.hidden = false;
    open(wanted, true);
    wanted.scrollIntoView({ behavior: 'instant', block: 'start' });
    wanted.querySelector('h2 button').focus({ preventScroll: true });
  };

  for (const situation of situations) {
    const head = situation.querySelector('h2');
    const body = situation.querySelector('.iml-counter-body');
    const about = situation.querySelector('.iml-counter-about');
    const button = document.createElement('button');
    button.type = 'button';
    body.id = `${situation.id}-body`;
    about.id = `${situation.id}-about`;
    button.setAttribute('aria-controls', body.id);
    button.setAttribute('aria-describedby', about.id);
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', function () {
      const on = situation.classList.contains('iml-closed');
      open(situation, on);
      try {
        if (on) history.replaceState(null, '', `#${situation.id}`);
      } catch { /* a browser may forbid it to local files */ }
    });
    about.addEventListener('click', () => button.click());
    open(situation, false);
  }
  addEventListener('hashchange', follow);
  follow();
});
