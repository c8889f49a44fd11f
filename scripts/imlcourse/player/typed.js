/* Comparing what was typed with what was expected, as imlcourse/items/typed.py does. */
(function (player) {
  'use strict';
  const LONGEST = 200;
  const LONGEST_NUMBER = 30;

  /** Takes off a text what is forgiven: accents, capitals, punctuation, wide spaces. */
  function plain(text) {
    return text.normalize('NFKD').toLowerCase().replace(/\p{M}+/gu, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  }

  /** Counts slips: a letter too many, one too few, a wrong one, or two that changed places. */
  function distance(one, other) {
    const [a, b] = [Array.from(one), Array.from(other)];
    let before = [];
    let last = b.map((_, j) => j).concat(b.length);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const differs = a[i - 1] === b[j - 1] ? 0 : 1;
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + differs);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        row.push(cost);
      }
      [before, last] = [last, row];
    }
    return last[b.length];
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
