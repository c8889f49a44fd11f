// needs: core/texts pages/course record/record
// texts: player.next.*
/* What is the next thing for a learner: one answer, the same on the cover, on My progress, behind
   a result and at the end of a module. Nothing here touches the page. */
(function (player) {
  'use strict';
  const { text, form } = player.texts;
  const { percent } = player.record;
  const MINUTE = 60;

  /** Gives the step of a module to go on with, or to begin with; null if all are done. */
  function openStep(state) {
    const open = player.course.stepsOf(state.module).filter(({ id }) => !state.sections[id]);
    return open.find(({ id }) => id === state.place) || open[0] || null;
  }

  /**
   * Gives the modules that are left: what was begun first, wherever it stands on the way; then
   * those of the role's track. And whether that track is done, and something beyond it begun.
   */
  function leftOf(course, state) {
    const { track } = state;
    const core = track ? track.modules.map(({ module }) => module.id) : [];
    // What the start check proposes to skip waits until the rest is done.
    const rank = (one) => (one.begun ? 0 : core.includes(one.module.id) ? 1 : 2) +
      (one.known && !one.begun ? 0.5 : 0);
    const modules = state.modules.filter((one) => !one.complete)
      .sort((a, b) => rank(a) - rank(b));
    return {
      modules, begun: modules.some((one) => one.begun),
      earned: Boolean(track && track.certified && (modules.length || course.slice) &&
        course.pages.certificate),
    };
  }

  /**
   * Gives all that there is to do, the next thing first.
   * @param {Course} course
   * @param {CourseState} state  what stateOf gives
   * @returns {Thing[]}
   */
  function thingsOf(course, state) {
    /** @type {Thing[]} */
    const things = [];
    /** @type {any} */
    const { tests } = state;
    const all = state.modules.length > 0 && state.modules.every((one) => one.complete);
    const quizOf = (one) => one.module.href + '#quiz-' + one.module.quiz.id;
    const quizMinutes = (one) => player.course.quizMinutes(one.module);

    function add(kind, href, values, minutes) {
      things.push({
        kind, href, minutes: minutes || 0, title: text('player.next.' + kind, values),
      });
    }

    function due() {
      const { count, seconds } = state.due;
      if (count && course.pages.practise) {
        add('due.' + form(count), course.pages.practise, { count },
          Math.max(1, Math.round(seconds / MINUTE)));
      }
    }

    for (const one of state.modules.filter((each) => each.open)) {
      add('quiz-on', quizOf(one), one.module, quizMinutes(one));
    }
    for (const name of tests ? ['pre', 'final', 'post'] : []) {
      if (tests[name].open) add(name + '-on', course.pages[name]);
    }
    due();
    const left = leftOf(course, state);
    if (left.earned && !left.begun) add('certificate', course.pages.certificate);
    for (const one of left.modules) {
      const { title, href } = one.module;
      const at = one.isRead ? null : openStep(one);
      if (one.isRead && one.open) continue;
      if (one.isRead && one.best && !one.passed) {
        add('quiz-again', quizOf(one), { title, percent: percent(one.best.points) }, quizMinutes(one));
      } else if (one.isRead) add('quiz', quizOf(one), { title }, quizMinutes(one));
      else if (at && one.begun) {
        add('step', href + '#' + at.id, { title, number: at.number }, at.minutes);
      } else add('module', href, { title }, one.minutes);
    }
    if (tests && all && !tests.final.open && !tests.final.passed) {
      if (tests.final.best) {
        add('final-again', course.pages.final, { percent: percent(tests.final.best.points) });
      } else add('final', course.pages.final);
    }
    if (state.certified || (left.earned && left.begun)) add('certificate', course.pages.certificate);
    if (tests && all && tests.pre.first && !tests.post.last && !tests.post.open) {
      add('post', course.pages.post);
    }
    return things;
  }

  /**
   * Gives the next thing; null if nothing is left.
   * @param {Course} course
   * @param {CourseState} state
   * @param {boolean} [onward]  behind a success: what leads on, and not what comes back
   */
  function nextThing(course, state, onward) {
    const things = thingsOf(course, state);
    return things.find(({ kind }) => !onward || !kind.startsWith('due.')) || null;
  }

  player.next = { thingsOf, nextThing, openStep };
}(globalThis.imlPlayer));
