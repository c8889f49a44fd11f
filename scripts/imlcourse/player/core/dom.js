// needs: core/core
// later: hosts/onefile
/* Elements of the page, and what pages do with them. */
(function (player) {
  'use strict';
  const ICONS = {
    right: 'M4 12.5l5 5L20 6.5',
    wrong: 'M6 6l12 12M18 6L6 18',
    partly: 'M4 12h16',
    note: 'M12 2.5a9.5 9.5 0 1 0 .01 0zM12 11.5v5M12 7.4v.2',
    up: 'M12 19V6M6 11l6-6 6 6',
    down: 'M12 5v13M6 13l6 6 6-6',
    grip: 'M9 6v.5M15 6v.5M9 12v.5M15 12v.5M9 18v.5M15 18v.5',
  };
  const loading = new Map();
  /** @type {{course: string, frame?: string} | undefined} */
  let options;

  /** Makes an element with a class and children: nodes, or texts (never HTML). */
  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  }

  function button(className, label, action) {
    const element = make('button', className, label);
    element.type = 'button';
    element.addEventListener('click', action);
    return element;
  }

  function icon(name) {
    const space = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(space, 'svg');
    const path = document.createElementNS(space, 'path');
    svg.setAttribute('class', 'iml-icon');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', ICONS[name]);
    svg.append(path);
    return svg;
  }

  /** Makes something wait for the next moment of rest; called often, it is done once. */
  function later(action) {
    let waiting = false;
    return function () {
      if (waiting) return;
      waiting = true;
      setTimeout(function () {
        waiting = false;
        action();
      }, 30);
    };
  }

  /**
   * Lets a pointer drag something by a grip.
   * @param {Element} grip
   * @param {Element} area  takes the pointer meanwhile: an element that is moved in the document
   *                        would lose it
   * @param {(event: PointerEvent) => ({follow: (event: PointerEvent) => void,
   *   drop: (cancelled: boolean) => void} | null)} begin  gives what to do while it is dragged and
   *                        when it is let go; null if it stays
   */
  function letDrag(grip, area, begin) {
    grip.addEventListener('pointerdown', function (/** @type {any} */ event) {
      const drag = event.button === 0 ? begin(event) : null;
      if (!drag) return;
      event.preventDefault();
      area.setPointerCapture(event.pointerId);

      function drop(now) {
        area.removeEventListener('pointermove', /** @type {any} */ (drag).follow);
        area.removeEventListener('pointerup', drop);
        area.removeEventListener('pointercancel', drop);
        /** @type {any} */ (drag).drop(now.type === 'pointercancel');
      }

      area.addEventListener('pointermove', /** @type {any} */ (drag.follow));
      area.addEventListener('pointerup', drop);
      area.addEventListener('pointercancel', drop);
    });
  }

  /** Listens to something, and gives what takes the listener away again. */
  function listen(target, type, action) {
    target.addEventListener(type, action);
    return () => target.removeEventListener(type, action);
  }

  /** Loads a script of the course once; gives false if it is missing. */
  function load(address) {
    if (player.file) return player.file.load(address);
    if (!loading.has(address)) {
      loading.set(address, new Promise(function (resolve) {
        const script = document.createElement('script');
        script.addEventListener('load', () => resolve(true));
        script.addEventListener('error', function () {
          loading.delete(address);
          resolve(false);
        });
        script.src = address;
        document.head.append(script);
      }));
    }
    return loading.get(address);
  }

  /**
   * Gives a text to the reader's downloads, as a file; says whether that is possible here.
   * @returns {boolean}
   */
  function download(name, words, type) {
    const address = URL.createObjectURL(new Blob([words], { type }));
    const link = make('a', '', name);
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    return true;
  }

  /**
   * Does something on the pages of the book: those whose scripts have data-iml-course on their own
   * elements, of which the first says which course it is. Elsewhere a host says what to do. To be
   * called while the script is run.
   * @param {function} action  is given {course, frame}, as store.open takes them, once the page
   *                           is there
   */
  function onPage(action) {
    const own = document.currentScript;
    if (!own || own.dataset.imlCourse === undefined) return;
    options = options || { course: own.dataset.imlCourse, frame: own.dataset.imlFrame };
    const go = () => action(options);
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', go);
    else go();
  }

  player.dom = { make, button, icon, later, letDrag, listen, load, download, onPage };
}(globalThis.imlPlayer));
