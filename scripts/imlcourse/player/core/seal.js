// needs: core/dom
/* The answers of test items stand on the page sealed: not to be read by the way, nor found by a
   search. It is no secret: whoever reads this file can open them (see imlcourse/html/seal.py). */
(function (player) {
  'use strict';

  const { first: FIRST, count: COUNT } = player.shared.seal;

  /** Turns the signs of a text back by numbers that depend on a name alone. */
  function unseal(name, sealed) {
    let state = 2166136261;
    for (const byte of new TextEncoder().encode(name)) {
      state = Math.imul(state ^ byte, 16777619) >>> 0;
    }
    return Array.from(sealed, function (sign) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const place = sign.codePointAt(0) - FIRST;
      if (place < 0 || place >= COUNT) return sign;
      return String.fromCharCode(FIRST + (place - (state >>> 16) % COUNT + COUNT) % COUNT);
    }).join('');
  }

  /** Makes an element of HTML that was sealed; nothing in it runs. */
  function opened(name, sealed) {
    const template = document.createElement('template');
    template.innerHTML = unseal(name, sealed);
    return template.content;
  }

  const apart = {}; // what is sealed, by item, where it does not stand on the page itself

  /** Called by the file that holds what is sealed of a page. */
  player.addSealed = (found) => Object.assign(apart, found);

  /**
   * Makes sure that what is sealed of a quiz is there. On the pages of the book it stands in a
   * file of its own (data-iml-sealed-in), which is loaded when it is needed.
   * @returns {Promise<boolean>} false if the file is missing
   */
  function sealedOf(root) {
    const address = root.dataset.imlSealedIn;
    return address ? player.dom.load(address) : Promise.resolve(true);
  }

  /** Gives the answer of an item, opened if it is sealed; null if it stands in the item as it is. */
  function answerOf(element) {
    const seal = element.querySelector('[data-iml-sealed]');
    if (!seal) return null;
    const id = element.dataset.imlItem;
    /** @type {any} */
    const answer = opened(id, seal.dataset.imlSealed || apart[id]).firstElementChild;
    seal.remove();
    return answer;
  }

  /** Opens an item that is sealed whole; gives false if what is sealed of it is not there yet. */
  function unsealItem(element) {
    const { imlItem: id, imlSealedItem: sealed } = element.dataset;
    if (sealed === undefined) return true;
    if (!sealed && !apart[id]) return false;
    element.append(opened(id, sealed || apart[id]));
    element.removeAttribute('data-iml-sealed-item');
    return true;
  }

  player.seal = { sealedOf, answerOf, unsealItem };
}(globalThis.imlPlayer));
