// needs: core/values
/* Comparing what was typed with what was expected, as imlcourse/items/typed.py does. */
(function (player) {
  'use strict';
  const LONGEST = 200;
  const LONGEST_NUMBER = 30;
  const { distance } = player.values;

  /** Takes off a text what is forgiven: accents, capitals, punctuation, wide spaces. */
  function plain(text) {
    return text.normalize('NFKD').toLowerCase().replace(/\p{M}+/gu, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  }

  function accepts(given, answers, tolerance, mistakes) {
    const typed = plain(given);
    if (!typed || Array.from(given).length > LONGEST) return false;
    if (mistakes.some((wrong) => plain(wrong) === typed)) return false;
    const length = Array.from(typed).length;
    return answers.map(plain).some((right) =>
      Math.abs(Array.from(right).length - length) <= tolerance &&
      distance(typed, right) <= tolerance);
  }

  /** Reads a number as people write it; null for none. */
  function number(given) {
    let text = given.replace(/[\u0660-\u0669]/g, (sign) => String(sign.charCodeAt(0) - 0x660))
      .replace(/[\u06f0-\u06f9]/g, (sign) => String(sign.charCodeAt(0) - 0x6f0))
      .replace(/\u2212/g, '-').replace(/\u066b/g, '.').replace(/\s+/g, '');
    if (Array.from(text).length > LONGEST_NUMBER) return null;
    if (/^[+-]?[0-9]{1,3}(?:[,\u066c][0-9]{3})+(?:\.[0-9]+)?$/.test(text)) {
      text = text.replace(/[,\u066c]/g, '');
    }
    text = text.replace(/,/g, '.');
    return /^[+-]?[0-9]+(?:\.[0-9]+)?$/.test(text) ? Number(text) : null;
  }

  player.typed = { plain, accepts, number };
}(globalThis.imlPlayer));
