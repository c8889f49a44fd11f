// The definition of a term, shown beside the word while the pointer or the focus rests on it. The
// pointer may move onto it, Escape puts it away, and the link itself leads to the glossary. A finger
// that taps the word sees the definition first; tapped again, the word leads to the glossary.
'use strict';
document.addEventListener('DOMContentLoaded', function () {
  const EDGE = 8;
  const box = document.createElement('div');
  box.className = 'iml-definition';
  box.setAttribute('aria-hidden', 'true'); // a screen reader has read it with the link
  box.hidden = true;
  document.body.append(box);
  let link = null;
  let leaving = 0;
  let follows = true;

  const hide = function () {
    clearTimeout(leaving);
    box.hidden = true;
    link = null;
  };

  const show = function (to) {
    clearTimeout(leaving);
    const definition = document.getElementById(to.getAttribute('aria-describedby'));
    if (!definition || link === to) return;
    link = to;
    box.textContent = definition.textContent;
    if (!follows) {
      const hint = document.createElement('small');
      hint.textContent = definition.parentNode.dataset.again;
      box.append(hint);
    }
    box.hidden = false;
    const at = to.getClientRects()[0];
    const room = document.documentElement.clientWidth - box.offsetWidth - EDGE;
    const below = at.bottom + box.offsetHeight + EDGE < innerHeight || at.top < box.offsetHeight + EDGE;
    const across = Math.max(EDGE, Math.min(at.left, room));
    const down = below ? at.bottom : at.top - box.offsetHeight;
    box.style.transform = `translate(${across + scrollX}px, ${down + scrollY}px)`;
  };

  const over = (event) => event.target.closest && event.target.closest('a.iml-term[aria-describedby]');
  document.addEventListener('pointerover', function (event) {
    if (event.pointerType === 'touch') return;
    const to = over(event);
    if (to) show(to);
    else if (box.contains(/** @type {Node} */ (event.target))) clearTimeout(leaving);
    else if (link && link !== document.activeElement) { clearTimeout(leaving); leaving = setTimeout(hide, 250); }
  });
  document.addEventListener('pointerdown', function (event) {
    const to = over(event);
    follows = event.pointerType !== 'touch' || Boolean(to && to === link);
  });
  document.addEventListener('click', function (event) {
    const to = over(event);
    if (!to || follows) return;
    event.preventDefault();
    show(to);
  });
  document.addEventListener('focusin', function (event) {
    const to = over(event);
    if (to) show(to);
    else hide();
  });
  document.addEventListener('focusout', hide);
  document.addEventListener('keydown', function (event) { if (event.key === 'Escape') hide(); });
});
