// needs: pages/course
/* How far a learner is in a module, and what was done of late. Nothing here touches the page. */
(function (player) {
  'use strict';

  /**
   * Tells how far a learner is in a module.
   * @param {ModuleState} state
   * @returns {{share: number, kind: string, number: number, of: number}} share: of its steps;
   *   kind: open, step (number of them is next), quiz (only that is left) or done
   */
  function standingOf(state) {
    const steps = player.course.stepsOf(state.module);
    const read = steps.filter(({ id }) => state.sections[id]).length;
    const next = steps.findIndex(({ id }) => !state.sections[id]);
    const of = Math.max(1, steps.length);
    if (state.complete) return { share: 1, kind: 'done', number: of, of };
    const share = Math.min(read / of, (of - 1) / of);
    const kind = state.isRead ? 'quiz' : state.begun ? 'step' : 'open';
    return { share: state.readItself ? (of - 1) / of : share, kind, number: next + 1, of };
  }

  /**
   * Gives how many minutes the steps take that were read since some time: by the course's own
   * reckoning, for nobody holds a stop-watch. A quiz counts nothing: it may be passed in a minute.
   * @param {Course} course
   * @param {Pick<Store, 'get' | 'keys'>} store
   * @param {Time} since
   */
  function minutesSince(course, store, since) {
    const from = Date.parse(since);
    let minutes = 0;
    for (const module of course.modules) {
      const { sections } = store.get('read/' + module.id) || { sections: {} };
      for (const { id, minutes: own } of player.course.stepsOf(module)) {
        if (sections[id] && Date.parse(sections[id]) >= from) minutes += own;
      }
    }
    return minutes;
  }

  player.standing = { standingOf, minutesSince };
}(globalThis.imlPlayer));
