// needs: core/core
/* Giving each of some takers one of the things that it may take, as imlcourse/items/assignment.py
   does. */
(function (player) {
  'use strict';

  /**
   * Assigns things to takers so that as many as can be have one; who comes first goes first.
   * @param {number[][]} wishes  for each taker the things that it may take, the dearest first
   * @returns {number[]} for each taker its thing; -1 where there is none for it
   */
  function assign(wishes) {
    const holder = new Map();
    const held = wishes.map(() => -1);
    for (let taker = 0; taker < wishes.length; taker += 1) {
      const askedBy = new Map(); // by thing: who asked for it first
      const queue = [taker];
      let free = -1;
      for (let at = 0; at < queue.length && free < 0; at += 1) {
        for (const thing of wishes[queue[at]]) {
          if (askedBy.has(thing)) continue;
          askedBy.set(thing, queue[at]);
          if (!holder.has(thing)) {
            free = thing;
            break;
          }
          queue.push(holder.get(thing));
        }
      }
      while (free >= 0) {
        const asking = askedBy.get(free);
        const before = held[asking];
        holder.set(free, asking);
        held[asking] = free;
        free = before;
      }
    }
    return held;
  }

  player.assignment = { assign };
}(globalThis.imlPlayer));
