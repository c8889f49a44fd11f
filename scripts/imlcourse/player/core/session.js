// needs: core/core
/* Which of the questions that are due are asked in one go. Nothing here touches the page. */
(function (player) {
  'use strict';

  /**
   * Chooses what has waited longest, until it takes about as long as it may, and mixes it: no two
   * of one module stand together, as far as there are others.
   * @template {{module: string, due: Time, seconds: number}} Q
   * @param {Q[]} due
   * @param {number} most  so many seconds
   * @returns {Q[]} at least one, where one is due
   */
  function choose(due, most) {
    const waiting = due.slice().sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
    const chosen = [];
    let seconds = 0;
    for (const one of waiting) {
      // One that begins in time is asked, though it may end a little later.
      if (chosen.length && seconds + one.seconds / 2 > most) break;
      chosen.push(one);
      seconds += one.seconds;
    }
    const mixed = [];
    while (chosen.length) {
      const last = mixed.length ? mixed[mixed.length - 1].module : '';
      const left = (module) => chosen.filter((one) => one.module === module).length;
      const others = chosen.filter((one) => one.module !== last);
      // The module with most left goes first, or its questions would stand together at the end.
      const mostLeft = Math.max(...others.map((one) => left(one.module)), 0);
      const next = others.find((one) => left(one.module) === mostLeft) || chosen[0];
      mixed.push(...chosen.splice(chosen.indexOf(next), 1));
    }
    return mixed;
  }

  player.session = { choose };
}(globalThis.imlPlayer));
