// needs: core/core
/* Questions about plain values. */
(function (player) {
  'use strict';
  /** Crockford's base 32. */
  const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

  /** Says whether a value is an object such as JSON has, and no list. */
  function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }

  /** Says whether a value is a list of the known ids, none of them twice. */
  function isChoice(value, ids) {
    return Array.isArray(value) && new Set(value).size === value.length &&
      value.every((id) => typeof id === 'string' && ids.includes(id));
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

  /** Gives the id of the module that the id of something in it begins with. */
  function moduleOf(id) {
    return id.split('-')[0];
  }

  /** Gives a number that a seed and a name settle. */
  function lot(seed, name) {
    let state = 2166136261 ^ seed;
    for (const byte of new TextEncoder().encode(name)) {
      state = Math.imul(state ^ byte, 16777619) >>> 0;
    }
    state = Math.imul(state ^ (state >>> 16), 2246822507) >>> 0;
    return (state ^ (state >>> 13)) >>> 0;
  }

  /** Gives the digit that a sign is, in whatever script; or null. */
  function digitOf(sign) {
    if (!/\p{Nd}/u.test(sign)) return null;
    let at = sign.codePointAt(0);
    let value = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(at - 1)) && value < 9) {
      at -= 1;
      value += 1;
    }
    return String(value);
  }

  /** Gives a name that nothing else has: of a record, above all. */
  function newName() {
    return Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
  }

  /** Gives the number by which a record is named in result codes: 20 bits, from its account. */
  function personOf(account) {
    return lot(0, 'code/' + account) % 1048576;
  }

  /** Writes such a number as the four signs that stand in a result code. */
  function personSigns(account) {
    const number = personOf(account);
    return [15, 10, 5, 0].map((shift) => SIGNS[(number >> shift) & 31]).join('');
  }

  player.values = {
    isObject, isChoice, distance, moduleOf, lot, digitOf, newName, personOf, personSigns, SIGNS,
  };
}(globalThis.imlPlayer));
