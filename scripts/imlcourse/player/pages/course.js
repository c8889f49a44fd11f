// needs: core/values pages/tracks record/record
/* What a record says of a learner's way through the course. The course is what course.js of the
   book holds (see player/data.py); nothing here touches the page. */
(function (player) {
  'use strict';
  const SECONDS = 60; // that an item takes, where nothing says more
  const { secure: SECURE, weak: WEAK } = player.shared.mastery;

  /**
   * Gives the steps of a module, in order: one for each section, and the end.
   * @param {CourseModule} module
   * @returns {CourseStep[]}
   */
  function stepsOf(module) {
    return (module.steps || []).map(function (minutes, at) {
      const { id, title } = module.sections[at] || { id: module.id + '-end', title: undefined };
      return { id, number: at + 1, minutes, title, kind: at < module.sections.length ? 'section' : 'end' };
    });
  }

  /**
   * Gives the id of the step to open a module at: where the learner was, or else the first that is
   * not read; of a module that is read, the end until its quiz is passed.
   * @param {CourseModule} module
   * @param {Store} store
   */
  function placeIn(module, store) {
    const steps = stepsOf(module);
    const entry = store.get('read/' + module.id);
    if (!entry || !steps.length) return '';
    if (steps.some(({ id }) => id === entry.place)) return entry.place;
    const { isRead, complete } = moduleState(module, store);
    const next = complete ? steps[0] : isRead ? steps[steps.length - 1]
      : steps.find(({ id }) => !entry.sections[id]);
    return (next || steps[0]).id;
  }

  /**
   * Gives what the start check showed, by the id of the module: of each, when it was last asked. A
   * slice of the course asks of its own modules alone.
   * @param {Pick<Store, 'get' | 'keys'>} store
   * @returns {Map<string, number>}
   */
  function startShares(store) {
    const checks = player.record.attemptsAt(store, 'start-check').filter((one) => one.ended);
    return new Map(checks.flatMap(({ results }) => Object.entries(results))
      .map(([id, share]) => [player.values.moduleOf(id), Number(share)]));
  }

  /** Says whether the start check showed that a learner knows what a module teaches. */
  function knows(module, store) {
    return (startShares(store).get(module.id) || 0) >= 1;
  }

  /** Says whether a learner has missed a question of a module, other than in the start check. */
  function missedIn(module, store) {
    const checks = player.record.attemptsAt(store, 'start-check');
    return store.keys('item/' + module.id + '-').some(function (key) {
      const { points, first } = store.get(key);
      return (points < 1 || (first && first.points < 1)) &&
        !checks.some(({ results }) => key.slice('item/'.length) in results);
    });
  }

  /** Says whether a learner may try the quiz of a module without reading: one situation is little. */
  function mayTry(module, store) {
    return Boolean(module.quiz) && knows(module, store) && !missedIn(module, store);
  }

  /** Gives the minutes of the quiz of a module: those of its last step. */
  function quizMinutes(module) {
    return (module.steps || []).slice(-1)[0] || 0;
  }

  /** Gives the minutes that a module still takes: of its steps that are not read, and of its quiz. */
  function minutesLeft(module, sections, isRead, passed) {
    return stepsOf(module).reduce((sum, { id, kind, minutes }) =>
      sum + ((kind === 'end' && module.quiz ? passed : isRead || sections[id]) ? 0 : minutes), 0);
  }

  /**
   * Says how far a learner is in a module. One of which the start check says that its quiz may be
   * tried need not be read once that is passed. What was read (readItself) is another thing.
   */
  function moduleState(module, store) {
    const entry = store.get('read/' + module.id);
    const sections = entry ? entry.sections : {};
    const read = module.sections.filter(({ id }) => sections[id]).length;
    const all = read === module.sections.length;
    const readItself = Boolean(entry && (entry.done || (entry.done !== '' && all)));
    const may = !readItself && Boolean(module.quiz) && !(entry && entry.done === '') &&
      knows(module, store);
    const attempts = module.quiz ? player.record.attemptsAt(store, module.quiz.id) : [];
    const best = player.record.bestAttempt(attempts);
    const passed = Boolean(best && attempts.some((one) => one.passed));
    const known = may && (passed || !missedIn(module, store));
    const isRead = readItself || known;
    const minutes = minutesLeft(module, sections, isRead, passed);
    return {
      module, sections, read, readItself, isRead, known, best, passed, minutes,
      place: entry ? entry.place : undefined,
      begun: read > 0 || attempts.length > 0,
      open: attempts.find((one) => !one.ended) || null,
      complete: isRead && (passed || !module.quiz),
    };
  }

  /** Gives the items that were asked before the course alone: what somebody knew before the course. */
  function askedBefore(store) {
    const asked = (test) => player.record.attemptsAt(store, test).flatMap((one) => one.items.map(({ id }) => id));
    const later = new Set(asked('post-test'));
    return new Set(asked('pre-test').concat(asked('start-check')).filter((id) => !later.has(id)));
  }

  /**
   * Says how well a learner has an objective: from the last answer to each of its items.
   * @param {object} course
   * @param {string} objective  its id
   * @param {object} store      the learner's store
   * @param {Set} before        what askedBefore gives
   */
  function mastery(course, objective, store, before) {
    const points = [];
    for (const module of course.modules) {
      for (const [id, version, of] of module.items || []) {
        if (of !== objective || before.has(id)) continue;
        const record = store.get('item/' + id);
        if (record && record.item === version) points.push(record.points);
      }
    }
    const share = points.length ? points.reduce((a, b) => a + b, 0) / points.length : 0;
    const level = !points.length ? 'none' : share < WEAK ? 'weak'
      : share < SECURE || points.length < 2 ? 'growing' : 'secure';
    return { share, answered: points.length, level };
  }

  /** Says how far a learner is on the track of their role; null where there is none. */
  function trackState(course, role, modules) {
    const track = player.tracks.trackOf(course, role);
    if (!track) return null;
    const own = track.modules.map((id) => modules.find((one) => one.module.id === id));
    const complete = own.filter((one) => one.complete).length;
    return {
      role: track.role, name: track.name, modules: own, complete,
      minutes: own.reduce((sum, one) => sum + one.minutes, 0), left: track.left || 0,
      certified: own.length > 0 && complete === own.length && !track.left,
    };
  }

  /**
   * Gives what is due to come back, of all modules, and tells when the next is. What an item is,
   * pages know that hold the items; the others take the record's word for it.
   */
  function dueIn(course, store, now) {
    /** @type {Due} */
    const found = { items: [], count: 0, seconds: 0, next: null };
    for (const key of store.keys('item/')) {
      const id = key.slice('item/'.length);
      const record = store.get(key);
      const module = course.modules.find((one) => one.id === player.values.moduleOf(id));
      const due = module && player.record.dueAt(record, now);
      if (!due) continue;
      const item = module.items ? module.items.find(([name]) => name === id)
        : [id, record.item, '', ''];
      if (!item || item[1] !== record.item || item[3] === 'held') continue;
      const seconds = (course.seconds || {})[record.type] || SECONDS;
      if (player.record.isDue(record, now)) {
        found.items.push({ id, module: module.id, due, seconds });
        found.seconds += seconds;
      } else if (!found.next || due < found.next) found.next = due;
    }
    found.count = found.items.length;
    return found;
  }

  /** Gives the last attempt at a test that was ended, the best one, and one under way. */
  function testState(store, id) {
    const attempts = player.record.attemptsAt(store, id);
    const ended = attempts.filter((one) => one.ended);
    return {
      attempts, ended, first: ended[0] || null, last: ended[ended.length - 1] || null,
      best: player.record.bestAttempt(attempts), open: attempts.find((one) => !one.ended) || null,
      passed: ended.some((one) => one.passed),
    };
  }

  /**
   * Gives the whole picture.
   * @param {object} course
   * @param {object} store
   * @param {string} now   ISO time
   */
  function stateOf(course, store, now) {
    const me = store.get('me') || {};
    const modules = player.tracks.wayOf(course, me.role).map((module) => moduleState(module, store));
    const tests = course.tests ? {
      pre: testState(store, 'pre-test'), post: testState(store, 'post-test'),
      final: testState(store, 'final-test'),
    } : null;
    const due = dueIn(course, store, now);
    const complete = modules.filter((one) => one.complete).length;
    const all = complete === modules.length && modules.length > 0;
    return {
      me, modules, tests, due, complete,
      track: trackState(course, me.role, modules),
      minutes: modules.reduce((sum, one) => sum + one.minutes, 0),
      certified: Boolean(all && tests && tests.final.passed),
    };
  }

  player.course = {
    SECURE, stateOf, moduleState, stepsOf, placeIn, askedBefore, mastery, mayTry, quizMinutes,
    startShares,
  };
}(globalThis.imlPlayer));
