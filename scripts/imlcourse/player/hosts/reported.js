// needs: modes/marking pages/course pages/standing record/record
/* What a record says to a learning platform: completion, success, score, progress, and each
   objective. Nothing here touches the page or the platform.

   Of the whole course: complete are all modules; the final test says whether it is passed, and the
   score; an objective is a module. Where there is no final test, as in a part of the course, the
   quizzes of all modules have to be passed, and their mean is the score. Of one module: complete is the module; its quiz says the rest;
   an objective is one of the module, with what its questions in the best quiz have earned. The best
   attempt counts, so nothing better is ever taken back. */
(function (player) {
  'use strict';
  const { attemptsAt, bestAttempt } = player.record;

  /** Says what the attempts at a test come to. */
  function outcome(attempts) {
    const ended = attempts.filter((one) => one.ended);
    const best = bestAttempt(ended);
    const success = ended.some((one) => one.passed) ? 'passed'
      : ended.some((one) => one.passed === false) ? 'failed' : 'unknown';
    return { best, success, points: best ? best.points : null };
  }

  /** Says what the quizzes of all modules come to. */
  function together(outcomes) {
    const success = outcomes.length && outcomes.every((one) => one.success === 'passed') ? 'passed'
      : outcomes.some((one) => one.success === 'failed') ? 'failed' : 'unknown';
    const points = outcomes.length && outcomes.every((one) => one.points !== null)
      ? outcomes.reduce((sum, one) => sum + one.points, 0) / outcomes.length : null;
    return { success, points };
  }

  function completionOf(state) {
    return state.complete ? 'completed' : state.begun ? 'incomplete' : 'not attempted';
  }

  function ofModule(store, module, items) {
    const state = player.course.moduleState(module, store);
    const { best, success, points } = outcome(module.quiz ? attemptsAt(store, module.quiz.id) : []);
    const rows = best ? player.marking.byObjective(best, (id) => (items[id] || [])[3]) : [];
    return {
      completion: state.complete ? 'completed' : 'incomplete', success, points,
      progress: player.standing.standingOf(state).share,
      objectives: module.objectives.map(function (objective) {
        const id = objective.id || objective;
        const row = rows.find((one) => one.objective === id);
        const share = row ? row.points / row.count : null;
        return {
          id, points: share, completion: row ? 'completed' : 'not attempted',
          success: share === null ? 'unknown' : share * 100 + 1e-9 >= module.quiz.pass ? 'passed' : 'failed',
        };
      }),
    };
  }

  function ofCourse(store, course) {
    const states = course.modules.map((module) => player.course.moduleState(module, store));
    const done = states.filter((one) => one.complete).length;
    const quizOf = ({ module }) => outcome(attemptsAt(store, module.quiz.id));
    const { success, points } = course.tests ? outcome(attemptsAt(store, 'final-test'))
      : together(states.filter(({ module }) => module.quiz).map(quizOf));
    const share = states.reduce((sum, one) => sum + player.standing.standingOf(one).share, 0);
    return {
      completion: done === states.length ? 'completed' : 'incomplete', success, points,
      progress: done === states.length ? 1 : share / Math.max(1, states.length),
      objectives: states.map(function (state) {
        const of = state.module.quiz ? quizOf(state) : outcome([]);
        return {
          id: state.module.id, points: of.points, completion: completionOf(state),
          success: of.success,
        };
      }),
    };
  }

  /**
   * Says what is reported of a record.
   * @param {Pick<Store, 'get' | 'keys'>} store
   * @param {Course} course
   * @param {string} module  its id, or nothing for the whole course
   * @param {CompactTable} table
   * @returns {Reported}
   */
  function reportedOf(store, course, module, table) {
    const only = course.modules.find((one) => one.id === module);
    return only ? ofModule(store, only, table.items) : ofCourse(store, course);
  }

  player.reported = { reportedOf };
}(globalThis.imlPlayer));
