// needs: core/texts hosts/leads
/* The pages of the course in a frame, and the page around them: for hosts that hold something (a
   session with a learning platform, a launch) while the learner goes from page to page. */
(function (player) {
  'use strict';

  /**
   * @param {{files: string[], start: string}} given  the pages of the package, and its first one
   * @returns {Around}
   */
  function around({ files, start }) {
    const base = new URL('.', location.href).href;
    const { pageOf, close } = player.leads(base, files);
    const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
    const line = /** @type {HTMLElement} */ (document.querySelector('[role=status]'));
    const said = new Map(); // what is said to the learner, by kind
    let place = '';
    /** @type {Record<string, string> | null} */
    let texts = null; // what is said in other words while a host has the record

    /**
     * Brings the shelf to the pages, and what of their texts is other where a host has the record.
     * @param {string} prefix  of the keys of these texts, which else begin with “player.”
     * @param {{course: string, shelf: Shelf, module: string, test?: string}} host  module, test: the one
     *   that it is for, or none
     */
    function hold(prefix, host) {
      const { all } = player.texts;
      const keys = Object.keys(all).filter((key) => key.startsWith(prefix));
      texts = Object.fromEntries(keys.map((key) => ['player.' + key.slice(prefix.length), all[key]]));
      globalThis.imlHost = Object.assign({ texts }, host);
    }

    /** Puts right what a page says of where answers go. */
    function correct(page) {
      if (!texts) return;
      const own = texts;
      const said = (name) => own[['player', 'page', name].join('.')];
      const honest = page.querySelector('.iml-honest');
      if (honest) honest.textContent = said('honest');
      for (const name of ['kept-where', 'kept-shared']) {
        const at = page.getElementById(name);
        const section = at && at.closest('section');
        if (!section) continue;
        const [first, ...others] = section.querySelectorAll('p');
        others.forEach((one) => one.remove());
        first.textContent = said(name);
      }
    }

    function say(kind, words) {
      if ((said.get(kind) || '') === words) return;
      if (words) said.set(kind, words);
      else said.delete(kind);
      line.textContent = Array.from(said.values()).join(' ');
    }

    function shown(changed) {
      let page;
      try {
        page = /** @type {Window} */ (frame.contentWindow).document;
        place = pageOf(page.location.href) || place;
      } catch (error) {
        return; // a page of another site
      }
      document.title = page.title || document.title;
      correct(page);
      close(page);
      changed();
    }

    /** Shows a page of the package, or the first one; calls changed whenever another is shown. */
    function show(at, changed) {
      frame.addEventListener('load', () => shown(changed));
      frame.src = at && pageOf(new URL(at, base).href) ? at : start;
    }

    return { say, show, hold, place: () => place };
  }

  player.around = around;
}(globalThis.imlPlayer));
