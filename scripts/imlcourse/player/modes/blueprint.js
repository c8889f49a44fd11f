// needs: core/assignment core/values record/record
/* How a test is drawn: which items, and in which order, as imlcourse/items/blueprint.py does.
   Nothing here touches the page. */
(function (player) {
  'use strict';
  const { lot } = player.values;

  /** Says whether an item may be drawn for a line. */
  function fits(cell, item) {
    return ['module', 'objective', 'level'].every((name) => !cell[name] || cell[name] === item[name]);
  }

  /** Gives the ids of the dearest items that fit the lines: those for the first round, or all. */
  function taken(ordered, blueprint, rounds, all = false) {
    const places = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const cell of blueprint) {
        for (let count = 0; count < cell.items; count += 1) places.push({ turn, cell });
      }
    }
    const wishes = ordered.map((item) => Array.from(places.keys())
      .filter((at) => fits(places[at].cell, item)));
    const assigned = player.assignment.assign(wishes);
    return ordered.filter((_, at) => assigned[at] >= 0 &&
      (all || places[assigned[at]].turn === 0))
      .map((item) => item.id);
  }

  /**
   * Draws items by a blueprint: those used least and longest ago, else by lot.
   * @param {object[]} pool       {id, module, objective, level}
   * @param {object[]} blueprint  lines: {module, objective, level, items}; they may cross
   * @param {number} seed
   * @param {Map} used            by item id: {times, last} of earlier attempts
   * @param {number} [rounds]     how many draws are to have no item in common
   * @returns {string[]} ids, in the order in which they are asked; as many as the blueprint asks
   *   for, if there are enough
   */
  function draw(pool, blueprint, seed, used, rounds = 1) {
    const before = (item) => used.get(item.id) || { times: 0, last: '' };
    const inOrder = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    const ordered = pool.slice().sort((a, b) => before(a).times - before(b).times ||
      inOrder(before(a).last, before(b).last) ||
      lot(seed, a.id) - lot(seed, b.id) || inOrder(a.id, b.id));
    let drawn = taken(ordered, blueprint, 1);
    if (rounds > 1) {
      const left = ordered.filter((item) => !drawn.includes(item.id));
      // What this draw leaves has to be enough for the other ones.
      const others = taken(left, blueprint, rounds - 1, true);
      if (others.length < drawn.length * (rounds - 1)) drawn = taken(ordered, blueprint, rounds);
    }
    return drawn.sort((a, b) => lot(seed, 'place/' + a) - lot(seed, 'place/' + b) || inOrder(a, b));
  }

  /** Says how often, and when last, items were drawn in some attempts. */
  function usesOf(attempts) {
    const used = new Map();
    for (const attempt of attempts) {
      for (const { id } of attempt.items) {
        const before = used.get(id) || { times: 0, last: '' };
        const begun = String(player.record.begunAt(attempt)).padStart(16, '0');
        used.set(id, { times: before.times + 1, last: before.last > begun ? before.last : begun });
      }
    }
    return used;
  }

  player.blueprint = { draw, usesOf };
}(globalThis.imlPlayer));
