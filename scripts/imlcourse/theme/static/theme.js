// Light, dark, or as the device has it. Runs before the page is drawn, so that nothing flashes.
'use strict';
(function () {
  const root = document.documentElement;
  const order = ['auto', 'light', 'dark'];
  let now = 'auto';
  // A browser may forbid storage, to local files above all: then the choice lasts for the page.
  try { now = localStorage.getItem('imlcourse/theme') || 'auto'; } catch { /* as the device */ }
  if (!order.includes(now)) now = 'auto';
  root.dataset.theme = now;
  // The contents are long: they open where the page is.
  const find = function () {
    const nav = document.querySelector('.iml-nav');
    const here = nav && nav.querySelector('[aria-current="page"]');
    const { top, height } = nav ? nav.getBoundingClientRect() : {};
    if (here && height) nav.scrollTop += here.getBoundingClientRect().top - top - height / 3;
  };
  addEventListener('hashchange', find); // on a phone they are opened by their #
  addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && location.hash === '#iml-contents') location.hash = 'iml-main';
  });
  document.addEventListener('DOMContentLoaded', function () {
    find();
    const button = document.querySelector('.iml-theme');
    if (!button) return;
    const show = function () { button.textContent = button.dataset[now]; };
    show();
    button.hidden = false;
    button.addEventListener('click', function () {
      now = order[(order.indexOf(now) + 1) % order.length];
      root.dataset.theme = now;
      show();
      try { localStorage.setItem('imlcourse/theme', now); } catch { /* said above */ }
    });
  });
}());
