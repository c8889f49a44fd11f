// needs: core/dom core/quiz types/* modes/practice modes/test
/* On a page of the book the player starts by itself. Elsewhere its host calls imlPlayer.enhance. */
(function (player) {
  'use strict';
  player.dom.onPage((options) => player.start(document, options));
}(globalThis.imlPlayer));
