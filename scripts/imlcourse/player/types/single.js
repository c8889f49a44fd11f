// needs: types/choice
// texts: player.single.nothing
/* Single choice. Scored as imlcourse/items/single.py says. */
(function (player) {
  'use strict';
  player.types.single = Object.assign(player.choice.oneOf(), { nothing: 'player.single.nothing' });
}(globalThis.imlPlayer));
