// Figures that are built up: parts of a drawing (groups with ids part-1, part-2, …) appear one by one.
// Without this script, on paper, and for who asked for less motion's sake to see it all, they are
// whole from the start. A screen reader has the description of the whole drawing at any time.
'use strict';
document.addEventListener('DOMContentLoaded', function () {
  for (const one of document.querySelectorAll('.iml-figure[data-iml-next]')) {
    const figure = /** @type {HTMLElement} */ (one);
    const parts = [...figure.querySelectorAll('[data-iml-part-of]')];
    if (parts.length < 2) continue;
    const { imlNext = '', imlAll = '', imlShown = '' } = figure.dataset;
    const bar = document.createElement('p');
    const [next, all] = [imlNext, imlAll].map(function (words) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = words;
      return button;
    });
    const said = document.createElement('span');
    said.setAttribute('role', 'status');
    bar.className = 'iml-built';
    bar.append(next, all, said);
    let shown = 1;
    const show = function () {
      parts.forEach((part, at) => part.classList.toggle('iml-later', at >= shown));
      said.textContent = imlShown.replace('{n}', String(shown)).replace('{all}', String(parts.length));
      if (shown < parts.length) return;
      // The focus does not fall off the page with the button that had it.
      const had = bar.contains(document.activeElement);
      next.remove();
      all.remove();
      if (!had) return;
      figure.tabIndex = -1;
      figure.focus({ preventScroll: true });
    };
    next.addEventListener('click', function () { shown += 1; show(); });
    all.addEventListener('click', function () { shown = parts.length; show(); });
    // Above the drawing: there it is seen, however tall the drawing is.
    figure.querySelector('svg').before(bar);
    show();
  }
});
