// needs:
/* The one global of the player, and its namespaces. Each file fills one of them, and says in its
   first lines which others it needs. What others may call from outside: enhance and start (of
   quiz.js), addSealed (of seal.js), and texts.all, into which the texts of a language are put. */
(function () {
  'use strict';
  /** @type {any} */
  const empty = { shared: {}, texts: { all: {} }, types: {}, modes: {}, loaded: {} };
  globalThis.imlPlayer = empty;
}());
