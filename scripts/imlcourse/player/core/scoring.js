// needs: core/core
/* What the scores of several types have in common. */
(function (player) {
  'use strict';

  /** Scores no answer, or one that makes no sense. */
  function nothing(ids) {
    return { points: 0, parts: Object.fromEntries(ids.map((id) => [id, false])) };
  }

  /**
   * Gives the share of the parts that are right.
   * @param {Parts} parts
   * @returns {Score}
   */
  function ofParts(parts) {
    const all = Object.values(parts);
    return { points: all.length ? all.filter(Boolean).length / all.length : 0, parts };
  }

  /**
   * Scores places of which each has one right filling.
   * @param {Map<string, string>} key         for each place what belongs there
   * @param {Record<string, string>} response for each place what was put there; some may be empty
   */
  function ofPlaces(key, response) {
    return ofParts(Object.fromEntries(Array.from(key, ([place, right]) =>
      [place, Object.hasOwn(response, place) && response[place] === right])));
  }

  player.scoring = { nothing, ofParts, ofPlaces };
}(globalThis.imlPlayer));
