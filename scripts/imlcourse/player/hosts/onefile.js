// needs: core/packed core/inflate core/texts
// texts: player.bring.where player.onefile.before player.onefile.nothing player.onefile.where
//   player.onefile.window
/* All pages of the course in one file. The pages and what they load stand in it packed; this puts
   the one that is asked for in place, before anything is drawn. For another page the file is loaded
   anew: so each page starts fresh, as in the folder of pages, with its own scripts and its record.

   An address is #/modules/m09.html#m09-s2. Behind the # of a page that is shown stands only what
   its own scripts know, so the page itself is kept with the entry of the history. */
(function (player) {
  'use strict';
  const NAMED = 'imlcourse/page'; // what this window showed last, where its history does not say
  const SETTLED = 150; // how long a page has to stand still until its place is kept, in milliseconds
  const HERE = 'https://course.invalid/'; // what addresses in the course are read against
  const PROGRESS = 'my-progress.html';
  const ENTRY = /^imlcourse\/\d+\/[^/]+\/[^/]+\/(?!aside\/|writing\/|try$)/; // see record/shelf.js
  const nonce = /** @type {any} */ (document.currentScript).nonce;
  const shell = document.documentElement;
  const { imlHome: home = 'index.html' } = shell.dataset;
  /** @type {Map<string, HTMLElement>} */
  const parts = new Map(Array.from(document.querySelectorAll('[data-iml-file]'),
    (/** @type {any} */ part) => [part.dataset.imlFile, part]));

  const ran = new Set();

  /** Gives the text of a file that this one holds. */
  function read(name) {
    const part = /** @type {HTMLElement} */ (parts.get(name));
    const signs = (part.textContent || '').replaceAll('\n', '');
    return new TextDecoder().decode(
      player.inflate(player.packed.bytesOf(signs, Number(part.dataset.imlSize))));
  }

  // --- where in the course this is --------------------------------------------------------------

  /** Reads an address behind the #; null if it names no page. */
  function readHash(hash) {
    return hash.startsWith('#/') ? place(hash.slice(2), '') : null;
  }

  /**
   * Reads an address in the course.
   * @param {string} address
   * @param {string} from  the page on which it stands
   * @returns {{page: string, query: string, anchor: string} | null} null if it leads outside
   */
  function place(address, from) {
    try {
      const { origin, pathname, search, hash } = new URL(address, HERE + from);
      if (origin + '/' !== HERE) return null;
      return { page: pathname.slice(1) || home, query: search, anchor: hash };
    } catch {
      return null;
    }
  }

  function remembered() {
    try {
      return sessionStorage.getItem(NAMED);
    } catch {
      return null;
    }
  }

  const asked = readHash(location.hash);
  const kept = history.state && history.state.imlPage
    ? history.state : location.hash ? { imlPage: remembered() } : {};
  let { page, query } = asked || { page: kept.imlPage || home, query: kept.imlQuery || '' };
  if (!parts.has(page)) [page, query] = [home, ''];
  let leaving = false;

  // Whatever a script of a page writes into the history, the page stays with it.
  for (const way of /** @type {const} */ (['pushState', 'replaceState'])) {
    const own = history[way].bind(history);
    history[way] = function (state, unused, address) {
      const whole = Object.assign({}, state, { imlPage: page, imlQuery: query });
      try {
        own(whole, unused, address);
      } catch { /* a viewer may forbid it, and the page goes on without */ }
    };
  }

  /** Says whether an entry of the history is another page than the one that is shown. */
  function isOther(state) {
    const there = readHash(location.hash);
    if (state && state.imlPage) return state.imlPage !== page || (state.imlQuery || '') !== query;
    return Boolean(there && (there.page !== page || there.query !== query));
  }

  function again() {
    leaving = true;
    location.reload();
  }

  function go({ page: to, query: what, anchor }) {
    if (to === page && what === query) {
      if (anchor) location.hash = anchor;
      else scrollTo(0, 0);
      return;
    }
    leaving = true;
    location.hash = '#/' + to + what + anchor;
    again();
  }

  // Before the scripts of the page, which are not to hear of other pages.
  addEventListener('popstate', function (event) {
    if (!leaving && !isOther(event.state)) {
      const { imlTop: top, imlStep } = event.state || {};
      if (top !== undefined && !imlStep) scrollTo({ top, behavior: 'instant' });
      return;
    }
    event.stopImmediatePropagation();
    if (!leaving) again();
  });
  addEventListener('hashchange', function (event) {
    const there = readHash(location.hash);
    if (leaving || isOther(history.state)) event.stopImmediatePropagation();
    else if (there && there.anchor) location.replace(there.anchor); // on this page
    else history.replaceState(history.state, '');
  });

  // --- links -----------------------------------------------------------------------------------

  const isHeld = (/** @type {{page: string} | null} */ to) => Boolean(to && parts.has(to.page));

  /** Gives where a link leads in this file; null if the browser is to follow it. */
  function targetOf(link) {
    const href = link.getAttribute('href');
    if (!href || link.download || (href.startsWith('#') && !href.startsWith('#/'))) return null;
    return href.startsWith('#/') ? readHash(href) : place(href, page);
  }

  addEventListener('click', function (event) {
    const { target } = /** @type {any} */ (event);
    const link = !event.defaultPrevented && target.closest ? target.closest('a[href]') : null;
    const to = link && targetOf(link);
    if (!to || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (isHeld(to)) go(to);
  });
  // For a window or a copy of its own, the address has to lead there by itself.
  for (const kind of ['pointerdown', 'contextmenu', 'auxclick']) {
    addEventListener(kind, function (/** @type {any} */ event) {
      const link = event.target.closest ? event.target.closest('a[href]') : null;
      const to = link && targetOf(link);
      const apart = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
      if (to && isHeld(to) && (apart || kind === 'contextmenu')) {
        link.setAttribute('href', '#/' + to.page + to.query + to.anchor);
      }
    }, true);
  }
  addEventListener('submit', function (/** @type {any} */ event) {
    const to = event.defaultPrevented ? null : place(event.target.getAttribute('action') || page, page);
    if (!to) return;
    event.preventDefault();
    go({ page: to.page, query: '?' + new URLSearchParams(/** @type {any} */ (new FormData(event.target))),
      anchor: '' });
  });

  /**
   * What leads to a page that this file does not hold is text; what leads out of the course opens
   * beside it.
   * @param {Element | Document} root
   */
  function settle(root) {
    const links = Array.from(root.querySelectorAll('a[href]'));
    if (root instanceof HTMLAnchorElement && root.hasAttribute('href')) links.push(root);
    for (const /** @type {any} */ link of links) {
      const to = targetOf(link);
      if (to ? isHeld(to) : !/^https?:/.test(link.getAttribute('href'))) continue;
      if (!to) {
        link.target = '_blank';
        link.rel = 'noopener';
      } else if (link.matches('.iml-term')) {
        link.removeAttribute('href'); // its definition is shown without the glossary
        link.tabIndex = 0;
      } else if (link.matches('.iml-button, .iml-find, .iml-turn a') || link.closest('nav')) {
        (link.closest('nav li') || link).remove();
      } else {
        const words = document.createElement('span');
        words.className = link.className;
        words.append(...link.childNodes);
        link.replaceWith(words);
      }
    }
    for (const /** @type {any} */ form of root.querySelectorAll('form[action]')) {
      if (!isHeld(place(form.getAttribute('action'), page))) form.remove();
    }
    for (const group of root.querySelectorAll('.iml-nav details')) {
      if (!group.querySelector('li')) group.remove();
    }
  }

  // --- the page --------------------------------------------------------------------------------

  function wear(name) {
    const style = document.createElement('style');
    style.textContent = read(name);
    document.head.append(style);
  }

  /** Runs a script that this file holds; says whether it does. */
  function run(name, data) {
    if (!parts.has(name)) return false;
    if (ran.has(name)) return true;
    ran.add(name);
    const script = document.createElement('script');
    script.nonce = nonce;
    Object.assign(script.dataset, data);
    script.textContent = read(name);
    document.head.append(script);
    script.remove();
    return true;
  }

  /** Where a browser or an app gives this file no storage: in the window, as long as it is open. */
  function inWindow() {
    const MARK = 'imlcourse:';
    /** @type {Record<string, string>} */
    let held = {};
    try {
      if (window.name.startsWith(MARK)) held = JSON.parse(window.name.slice(MARK.length));
    } catch { /* somebody else's name */ }
    const write = () => { window.name = MARK + JSON.stringify(held); };
    return {
      get length() { return Object.keys(held).length; },
      key: (at) => Object.keys(held)[at],
      getItem: (key) => (Object.hasOwn(held, key) ? held[key] : null),
      setItem(key, value) {
        held[key] = String(value);
        write();
      },
      removeItem(key) {
        delete held[key];
        write();
      },
    };
  }

  function hasStorage() {
    try {
      return Boolean(localStorage);
    } catch {
      return false;
    }
  }

  /**
   * Says where the record is: some browsers, such as Firefox, keep it for one file at one place, so
   * that under another name it is not found again.
   */
  function tellWhere() {
    if (/^https?:$/.test(location.protocol)) return; // of a website, a record has no file
    const { text } = player.texts;
    player.texts.hosted = {
      'player.bring.where': text(lent ? 'player.onefile.window' : 'player.onefile.where'),
    };
    const main = document.querySelector('main');
    const mine = main && main.querySelector('[data-iml-page="progress"]');
    if (lent || !main || !(mine || page === home)) return;
    if (Object.keys(localStorage).some((key) => ENTRY.test(key))) return;
    const made = document.createElement('div');
    const line = document.createElement(mine ? 'p' : 'a');
    made.className = 'iml-page';
    line.textContent = text(mine ? 'player.onefile.nothing' : 'player.onefile.before');
    made.append(line);
    if (line instanceof HTMLAnchorElement) line.href = '#/' + PROGRESS;
    else line.className = 'iml-changed';
    if (mine) mine.before(made);
    else main.append(made);
  }

  function show() {
    const made = new DOMParser().parseFromString(read(page), 'text/html');
    const scripts = Array.from(made.querySelectorAll('script[src]'));
    const styles = Array.from(made.querySelectorAll('link[rel="stylesheet"]'));
    const isLate = (/** @type {Element} */ script) => script.hasAttribute('defer');
    const resolved = (/** @type {Element} */ one, name) =>
      /** @type {any} */ (place(one.getAttribute(name) || '', page)).page;
    for (const one of made.querySelectorAll('script[src], noscript')) one.remove();
    for (const [from, to] of /** @type {const} */ ([
      [made.documentElement, shell], [made.body, document.body]])) {
      for (const { name, value } of from.attributes) to.setAttribute(name, value);
    }
    document.title = made.title;
    for (const one of document.querySelectorAll('style')) one.remove();
    for (const style of styles) wear(resolved(style, 'href'));
    settle(made);
    document.head.append(...parts.values()); // they stand in the body, where what is shown goes
    document.body.replaceChildren(...made.body.childNodes);
    tellWhere();
    // What a page asks of the course is in it already, packed or not.
    for (const script of [...scripts.filter((one) => !isLate(one)), ...scripts.filter(isLate)]) {
      const name = resolved(script, 'src');
      if (!name.endsWith('/unpack.js')) run(name, /** @type {any} */ (script).dataset);
    }
  }

  const lent = hasStorage() ? null : inWindow();
  player.file = {
    query, lent, wear: (address) => wear(place(address, page)?.page),
    load: (address) => Promise.resolve(run(place(address, page)?.page, {})),
  };
  const { imlTop } = history.state || {};
  const anchor = asked ? asked.anchor : location.hash.startsWith('#/') ? '' : location.hash;
  history.replaceState(history.state, '', anchor || '#/' + page + query);
  try {
    sessionStorage.setItem(NAMED, page);
  } catch { /* then the history alone knows */ }
  // The browser would go where another page stood.
  history.scrollRestoration = 'manual';
  show();

  document.addEventListener('DOMContentLoaded', function () {
    new MutationObserver(function (changes) {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node instanceof Element) settle(node);
      }
    }).observe(document.body, { childList: true, subtree: true });
    // The browser finds what an address leads to only in what it has read itself.
    if (anchor && imlTop === undefined) {
      const { state } = history;
      location.replace(anchor);
      history.replaceState(state, '');
    }
  });
  addEventListener('load', function () {
    const target = anchor && document.getElementById(decodeURIComponent(anchor.slice(1)));
    if (imlTop !== undefined) scrollTo({ top: imlTop, behavior: 'instant' });
    // A module sees to what is at its top itself.
    else if (target && !document.body.dataset.imlModule) target.scrollIntoView({ behavior: 'instant' });
    let timer = 0;
    addEventListener('scroll', function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        if (!leaving) history.replaceState(Object.assign({}, history.state, { imlTop: scrollY }), '');
      }, SETTLED);
    }, { passive: true });
  });
}(globalThis.imlPlayer));
