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
  // The sections of the page: beside the text they are unfolded, above it they are folded.
  const sections = function () {
    const list = document.querySelector('.iml-toc details');
    if (!list) return;
    const wide = matchMedia('(width >= 84rem)');
    const fold = function () { list.open = wide.matches; };
    fold();
    wide.addEventListener('change', fold);
    list.addEventListener('click', function (event) {
      if (!wide.matches && event.target.closest('a')) list.open = false;
    });
    list.addEventListener('keydown', function (event) {
      if (event.key !== 'Escape' || wide.matches) return;
      list.open = false;
      list.querySelector('summary').focus();
    });
  };
  document.addEventListener('DOMContentLoaded', function () {
    find();
    sections();
    root.dataset.ready = '';
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
