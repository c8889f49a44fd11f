/* The answers of test items stand on the page sealed: not to be read by the way, nor found by a
   search. It is no secret: whoever reads this file can open them (see imlcourse/items/seal.py). */
(function (player) {
  'use strict';

  /** Gives bytes that depend on a name alone: a linear congruential generator. */
  function stream(name, count) {
    let state = 2166136261;
    for (const byte of new TextEncoder().encode(name)) {
      state = Math.imul(state ^ byte, 16777619) >>> 0;
    }
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count; at += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      bytes[at] = state >>> 24;
    }
    return bytes;
  }

  function unseal(name, sealed) {
    const bytes = Uint8Array.from(atob(sealed), (sign) => sign.charCodeAt(0));
    const keys = stream(name, bytes.length);
    return new TextDecoder().decode(bytes.map((byte, at) => byte ^ keys[at]));
  }

  /** Makes an element of HTML that was sealed; nothing in it runs. */
  function opened(name, sealed) {
    const template = document.createElement('template');
    template.innerHTML = unseal(name, sealed);
    return template.content;
  }

  /** Gives the answer of an item, opened if it is sealed; null if it stands in the item as it is. */
  player.answerOf = function (element) {
    const seal = element.querySelector('[data-iml-sealed]');
    if (!seal) return null;
    const answer = opened(element.dataset.imlItem, seal.dataset.imlSealed).firstElementChild;
    seal.remove();
    return answer;
  };

  /** Opens an item that is sealed whole. */
  player.unsealItem = function (element) {
    const sealed = element.dataset.imlSealedItem;
    if (sealed === undefined) return;
    element.append(opened(element.dataset.imlItem, sealed));
    element.removeAttribute('data-iml-sealed-item');
  };
}(globalThis.imlPlayer));
