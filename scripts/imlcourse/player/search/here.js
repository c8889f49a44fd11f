// needs: core/core search/engine search/words
/* On the page What is in front of you?: finds among its situations those that answer what is typed,
   the best first, by the engine of the search. `filter.js` shows them in this order. */
(function (player) {
  'use strict';
  const SITUATION = 0; // the rank that the index of the search gives them

  /** Gives the texts in an element, without its heading and without an office's own fields. */
  function textsOf(/** @type {Node} */ node) {
    return Array.from(node.childNodes).flatMap(function (/** @type {any} */ one) {
      if (one.nodeType === 3) return [one.nodeValue];
      const silent = one.nodeType !== 1 || one.matches('h2, .iml-office');
      return silent ? [] : textsOf(one);
    });
  }

  /**
   * Reads the entries of the page as sections.
   * @param {Element[]} entries
   * @returns {Section[]}
   */
  function sectionsOf(entries) {
    return entries.map(function (entry) {
      const told = entry.querySelector('[data-iml-words]');
      const heading = (entry.querySelector('h2') || entry).textContent || '';
      return {
        page: '', rank: SITUATION, title: heading, heading, anchor: entry.id,
        also: told ? told.getAttribute('data-iml-words') || '' : '',
        text: textsOf(entry).join(' '),
      };
    });
  }

  /**
   * Makes what finds among entries.
   * @param {Element[]} entries
   * @param {SearchWords} words
   * @returns {(typed: string) => Element[] | null} those that were found, the best first; null if
   *   nothing was asked
   */
  function among(entries, words) {
    const engine = player.finder.engineOf(sectionsOf(entries), words);
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    return function (typed) {
      if (!words.asked(typed).length) return null;
      return engine.search(typed).groups.map(([hit]) => byId.get(hit.section.anchor))
        .filter((entry) => entry !== undefined);
    };
  }

  const own = typeof document === 'undefined' ? null : document.currentScript;
  const told = own ? own.dataset : {};
  const words = told.asked ? player.words.wordsOf(Object.assign(JSON.parse(told.asked), {
    marks: told.marks || '', prefixes: (told.prefixes || '').split(' ').filter(Boolean),
    stem: /** @type {any} */ (globalThis).imlStem,
  })) : null;

  player.here = { among, words };
}(globalThis.imlPlayer));
