// needs: core/core
/* What a learner has promised to do, in their own words, and how it went: a promise belongs to a
   module (promise/<module>: {text, made, answer: done, later or gone, answered, words}). Three weeks
   after it was made it is asked how it went; of what is not done yet, three weeks after that.
   Nothing here touches the page. */
(function (player) {
  'use strict';
  const WAIT = 21 * 24 * 60 * 60 * 1000;

  /** Gives what was promised, by module, in the order of the course. */
  function promisesOf(course, store) {
    return course.modules.map((module) => ({ module, promise: store.get('promise/' + module.id) }))
      .filter(({ promise }) => promise && promise.text);
  }

  /**
   * Gives the promise of which it is to be asked how it went; null if there is none.
   * @param {Course} course
   * @param {Pick<Store, 'get'>} store
   * @param {Time} now
   */
  function toAsk(course, store, now) {
    return promisesOf(course, store).find(function ({ promise }) {
      const { answer, answered, made } = promise;
      if (answer && answer !== 'later') return false;
      return Date.parse(now) - Date.parse(answer ? answered : made) >= WAIT;
    }) || null;
  }

  player.promised = { promisesOf, toAsk };
}(globalThis.imlPlayer));
