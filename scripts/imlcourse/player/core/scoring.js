// needs: core/core
/* What the scores of several types have in common. */
(function (player) {
  'use strict';

  /** Scores no answer, or one that makes no sense. */
  function nothing(ids) {
    return { points: 0, parts: Object.fromEntries(ids.map((id) => [id, false])) };
  }

  player.scoring = { nothing };
}(globalThis.imlPlayer));
