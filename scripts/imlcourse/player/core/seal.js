// needs: core/dom core/inflate core/packed
/* The answers of test items stand on the page sealed: not to be read by the way, nor found by a
   search. It is no secret: whoever reads this file can open them (see imlcourse/html/seal.py). */
(function (player) {
  'use strict';

  const { first: FIRST, count: COUNT } = player.shared.seal;

  /** Gives numbers that depend on a name alone, one at each call. */
  function stream(name) {
    let state = 2166136261;
    for (const byte of new TextEncoder().encode(name)) {
      state = Math.imul(state ^ byte, 16777619) >>> 0;
    }
    return function () {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 16;
    };
  }

  /** Turns the signs of a text back. */
  function unseal(name, sealed) {
    const next = stream(name);
    return Array.from(sealed, function (sign) {
      const turn = next();
      const place = sign.codePointAt(0) - FIRST;
      if (place < 0 || place >= COUNT) return sign;
      return String.fromCharCode(FIRST + (place - turn % COUNT + COUNT) % COUNT);
    }).join('');
  }

  /** Makes elements of HTML that was sealed; nothing in it runs. */
  function opened(html) {
    const template = document.createElement('template');
    template.innerHTML = html;
    return template.content;
  }

  // What is sealed and stands in a file of its own: HTML by item, in which signs stand for the id
  // of the item's element and for what leads from the page to the root of the book.
  const apart = { questions: {}, answers: {} };

  let damaged = false; // a file of those that came

  let root = ''; // what leads from the page to the root of the book

  function written(kind, element) {
    return apart[kind][element.dataset.imlItem].split('\ue000').join(element.id)
      .split('\ue001').join(root);
  }

  /**
   * Called by a file that holds what is sealed.
   * @param {number} size    of what is packed
   * @param {string} packed
   */
  player.addSealed = function (size, packed) {
    const bytes = player.packed.bytesOf(packed, size);
    const next = stream('');
    for (let at = 0; at < size; at += 1) bytes[at] ^= next();
    try {
      const found = JSON.parse(new TextDecoder().decode(player.inflate(bytes)));
      Object.assign(apart.questions, found.questions);
      Object.assign(apart.answers, found.answers);
    } catch {
      damaged = true;
    }
  };

  /**
   * Makes sure that what is sealed of a quiz is there. On the pages of the book it stands in
   * files of its own (data-iml-sealed-in), which are loaded when they are needed.
   * @returns {Promise<boolean>} false if one of them is missing or damaged
   */
  function sealedOf(quiz) {
    const addresses = (quiz.dataset.imlSealedIn || '').split(' ').filter(Boolean);
    if (!addresses.length) return Promise.resolve(true);
    root = addresses[0].split('_static/')[0];
    return Promise.all(addresses.map((one) => player.dom.load(one)))
      .then((there) => there.every(Boolean) && !damaged);
  }

  /** Gives the answer of an item, opened if it is sealed; null if it stands in the item as it is. */
  function answerOf(element) {
    const seal = element.querySelector('[data-iml-sealed]');
    if (!seal) return null;
    const { imlSealed: sealed } = seal.dataset;
    const html = sealed ? unseal(element.dataset.imlItem, sealed) : written('answers', element);
    /** @type {any} */
    const answer = opened(html).firstElementChild;
    seal.remove();
    return answer;
  }

  /** Opens an item that is sealed whole; gives false if what is sealed of it is not there yet. */
  function unsealItem(element) {
    const { imlItem: id, imlSealedItem: sealed } = element.dataset;
    if (sealed === undefined) return true;
    if (!sealed && !(apart.questions[id] && apart.answers[id])) return false;
    element.append(opened(sealed ? unseal(id, sealed)
      : written('questions', element) + '\n' + written('answers', element)));
    element.removeAttribute('data-iml-sealed-item');
    return true;
  }

  /** Gives an item that stands whole in a file which sealedOf has loaded; null if it does not. */
  function itemOf(id) {
    const html = apart.questions[id];
    return html ? /** @type {any} */ (opened(html.split('\ue001').join(root)).firstElementChild) : null;
  }

  player.seal = { sealedOf, answerOf, unsealItem, itemOf };
}(globalThis.imlPlayer));
