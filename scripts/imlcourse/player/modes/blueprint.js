// needs: core/core
/* How a test is drawn: which items, and in which order. Nothing here touches the page. */
(function (player) {
  'use strict';

  /** Gives a number that a seed and a name settle. */
  function lot(seed, name) {
    let state = 2166136261 ^ seed;
    for (const byte of new TextEncoder().encode(name)) {
      state = Math.imul(state ^ byte, 16777619) >>> 0;
    }
    state = Math.imul(state ^ (state >>> 16), 2246822507) >>> 0;
    return (state ^ (state >>> 13)) >>> 0;
  }

  /**
   * Draws items by a blueprint: of those that fit a line, the ones used least and longest ago.
   * @param {object[]} pool       {id, module, objective, level}
   * @param {object[]} blueprint  lines; those that name most are drawn first
   * @param {number} seed
   * @param {Map} used            by item id: {times, last} of earlier attempts
   * @returns {string[]} ids, in the order in which they are asked
   */
  function draw(pool, blueprint, seed, used) {
    const names = ['module', 'objective', 'level'];
    const named = (cell) => names.filter((name) => cell[name]).length;
    const cells = blueprint.slice().sort((a, b) => named(b) - named(a));
    const drawn = [];
    for (const cell of cells) {
      const fitting = pool.filter((item) => !drawn.includes(item.id) &&
        names.every((name) => !cell[name] || cell[name] === item[name]));
      const before = (item) => used.get(item.id) || { times: 0, last: '' };
      fitting.sort((a, b) => before(a).times - before(b).times ||
        (before(a).last < before(b).last ? -1 : before(a).last > before(b).last ? 1 : 0) ||
        lot(seed, a.id) - lot(seed, b.id) || (a.id < b.id ? -1 : 1));
      drawn.push(...fitting.slice(0, cell.items).map((item) => item.id));
    }
    return drawn.sort((a, b) => lot(seed, 'place/' + a) - lot(seed, 'place/' + b) ||
      (a < b ? -1 : 1));
  }

  /** Says how often, and when last, items were drawn in some attempts. */
  function usesOf(attempts) {
    const used = new Map();
    for (const attempt of attempts) {
      for (const { id } of attempt.items) {
        const before = used.get(id) || { times: 0, last: '' };
        used.set(id, {
          times: before.times + 1,
          last: before.last > attempt.begun ? before.last : attempt.begun,
        });
      }
    }
    return used;
  }

  player.blueprint = { draw, usesOf };
}(globalThis.imlPlayer));
