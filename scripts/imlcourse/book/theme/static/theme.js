// Light or dark, as the device has it or as the reader chose. Runs before the page is drawn, so that
// nothing flashes.
'use strict';
(function () {
  const root = document.documentElement;
  const device = matchMedia('(prefers-color-scheme: dark)');
  let now = 'auto';
  // A browser may forbid storage, to local files above all: then the choice lasts for the page.
  try { now = localStorage.getItem('imlcourse/theme') || 'auto'; } catch { /* as the device */ }
  if (!['auto', 'light', 'dark'].includes(now)) now = 'auto';
  root.dataset.theme = now;
  root.dataset.coming = ''; // until the page is read, and its scripts have begun
  // The typeface lies in a style that is there; asked for now, it is ready before text is drawn,
  // which would else be drawn twice, with other breaks of its lines.
  if (document.fonts) document.fonts.forEach((face) => { face.load().catch(() => {}); });
  const isDark = () => now === 'dark' || (now === 'auto' && device.matches);
  // The contents are long: they open where the page is.
  const find = function () {
    const nav = document.querySelector('.iml-nav');
    const here = nav && nav.querySelector('[aria-current="page"]');
    const { top, height } = nav ? nav.getBoundingClientRect() : {};
    if (here && height) nav.scrollTop += here.getBoundingClientRect().top - top - height / 3;
  };
  // On a phone they are opened by their #; closed, they give the focus back to what opened them.
  addEventListener('hashchange', function (event) {
    find();
    if (location.hash === '#iml-contents') document.querySelector('.iml-close-nav').focus({ preventScroll: true });
    else if (event.oldURL.endsWith('#iml-contents')) document.querySelector('.iml-open-nav').focus({ preventScroll: true });
  });
  addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && location.hash === '#iml-contents') location.hash = 'iml-main';
  });
  // Marks the section that is being read in the list of sections.
  const follow = function (/** @type {NodeListOf<HTMLAnchorElement>} */ links) {
    /** @type {Map<Element, Element>} */
    const at = new Map();
    for (const link of links) {
      const label = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (label) at.set(label.closest('section') || label, link);
    }
    if (!('IntersectionObserver' in globalThis)) return;
    const seen = new Set();
    const watcher = new IntersectionObserver(function (entries) {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target); else seen.delete(target);
      }
      // Of sections in sections, the innermost; they stand behind those that hold them.
      const here = [...at.keys()].filter((one) => seen.has(one)).pop();
      for (const [section, link] of at) {
        if (section === here) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    }, { rootMargin: '-20% 0px -75% 0px' });
    for (const section of at.keys()) watcher.observe(section);
  };
  // The sections of the page: beside the text they are unfolded, above it they are folded.
  const sections = function () {
    const list = document.querySelector('.iml-toc details');
    if (!list) return;
    // The steps of a module mark themselves: see player/pages/steps.js.
    if (!list.closest('.iml-steps')) follow(/** @type {any} */ (list).querySelectorAll('a[href^="#"]'));
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
    delete root.dataset.coming;
    const print = document.querySelector('.iml-print button');
    if (print) print.addEventListener('click', () => globalThis.print());
    const button = document.querySelector('.iml-theme');
    if (!button) return;
    const show = function () { button.setAttribute('aria-pressed', String(isDark())); };
    show();
    device.addEventListener('change', show);
    button.hidden = false;
    button.addEventListener('click', function () {
      const dark = !isDark();
      // What the device has anyway is no choice: the page goes on following it.
      now = dark === device.matches ? 'auto' : dark ? 'dark' : 'light';
      root.dataset.theme = now;
      show();
      try { localStorage.setItem('imlcourse/theme', now); } catch { /* said above */ }
    });
  });
}());
