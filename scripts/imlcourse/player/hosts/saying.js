// needs: core/values group/hash hosts/dialects pages/course record/record record/xapi
/* What is told to a record store in a launch, as statements. What a learner has done is told in the
   statements of the record (see record/xapi.js), with interactions as xAPI describes them, so that
   what is read back from the store is the record again. Besides them, where the package is one of
   cmi5, stand the statements that cmi5 defines (its section 9). Nothing here touches the page. */
(function (player) {
  'use strict';
  const VERBS = 'http://adlnet.gov/expapi/verbs/';
  const CMI5 = 'https://w3id.org/xapi/cmi5/context/';
  const SESSION = CMI5 + 'extensions/sessionid';
  const MASTERY = CMI5 + 'extensions/masteryscore';
  const CATEGORIES = CMI5 + 'categories/';
  const TELL = ['item', 'attempt', 'read', 'draft'];
  // What a session itself says; of an earlier session it is worth nothing.
  const FRAME = [VERBS + 'initialized', VERBS + 'terminated'];
  const { isObject } = player.values;
  const { canonical, attemptsAt } = player.record;
  const { kindOf, pattern, hasKey, duration } = player.interactions;

  /** Gives a UUID (of version 8) that a text settles; no two of 2^120 texts have the same. */
  function idOf(words) {
    const hex = player.hash.sha256(words);
    return [hex.slice(0, 8), hex.slice(8, 12), '8' + hex.slice(13, 16), 'a' + hex.slice(17, 20),
      hex.slice(20, 32)].join('-');
  }

  function together(own, others) {
    const known = new Set(others.map((one) => one.id));
    return others.concat(own.filter((one) => !known.has(one.id)));
  }

  /** Puts two contexts together; what the platform says stays as it is. */
  function contextOf(own, template) {
    const activities = Object.assign({}, own.contextActivities);
    for (const [kind, some] of Object.entries(template.contextActivities || {})) {
      activities[kind] = together(activities[kind] || [], [some].flat());
    }
    const merged = Object.assign({}, own, template, { contextActivities: activities });
    const extensions = Object.assign({}, own.extensions, template.extensions);
    if (Object.keys(extensions).length) merged.extensions = extensions;
    return merged;
  }

  /**
   * Makes a statement one of a session; again, one of another session.
   * @param {Statement} statement
   * @param {Launch} launch
   * @param {LaunchData} data
   * @returns {Statement}
   */
  function bound(statement, launch, data) {
    const context = contextOf(statement.context || {}, data.contextTemplate || {});
    if (launch.registration) context.registration = launch.registration;
    return Object.assign({}, statement, { actor: launch.actor, context });
  }

  /** Gives the id of a session; nothing where the platform has none. */
  function sessionOf(data) {
    const { extensions } = data.contextTemplate || {};
    return isObject(extensions) && extensions[SESSION] ? String(extensions[SESSION]) : '';
  }

  /** Describes an interaction as xAPI has it: its kind, what is right, what was answered. */
  function described(statement, item, response, course) {
    const [, type, , objective, key] = item;
    const kind = kindOf(type, response, key);
    const form = { named: String, list: '[,]', pair: '[.]', words: 250, other: 4000 };
    const given = pattern(kind, response, form);
    const definition = Object.assign({}, statement.object.definition, { interactionType: kind });
    if (hasKey(kind)) definition.correctResponsesPattern = [pattern(kind, key, form)];
    const result = Object.assign({}, statement.result);
    if (given) result.response = given;
    else delete result.response;
    const other = [{ id: course.iri + 'objectives/' + objective }];
    return Object.assign({}, statement, {
      object: Object.assign({}, statement.object, { definition }), result,
      context: contextOf(statement.context, { contextActivities: { other } }),
    });
  }

  /** Gives the open attempt at a test in which an item is asked. */
  function sittingOf(entries, id) {
    return Object.entries(entries).filter(([key]) => key.startsWith('attempt/'))
      .map(([, one]) => one).find((one) => !one.ended && one.items.some((drawn) => drawn.id === id));
  }

  function answer(course, table, entries, key, before, entry, latency) {
    const id = key.slice('item/'.length);
    const item = Object.hasOwn(table.items, id) ? table.items[id] : null;
    const known = before && before.item === entry.item && before.tries >= entry.tries;
    if (!item || item[0] !== entry.item || known) return [];
    const made = player.xapi.statements(course, '', { [key]: entry });
    // The first answer was told when it was given.
    const told = described(made[made.length - 1], item, entry.response, course);
    const sitting = sittingOf(entries, id);
    const given = sitting && sitting.answers[id];
    if (given) {
      told.timestamp = given.at;
      const parent = [{ objectType: 'Activity', id: course.iri + 'tests/' + sitting.test }];
      told.context = contextOf(told.context, { contextActivities: { parent } });
    } else if (latency > 0) told.result.duration = duration(latency);
    return [told];
  }

  function attempted(course, key, before, entry) {
    if (before && (before.ended || !entry.ended)) return [];
    // Each answer is told by itself, with the item's own entry.
    return /** @type {Statement[]} */ (player.xapi.statements(course, '', { [key]: entry }))
      .filter((one) => !/\/answered$/.test(one.verb.id));
  }

  function read(course, key, before, entry) {
    const count = (one) => Object.keys(one ? one.sections : {}).length;
    if (count(entry) === count(before)) return [];
    return player.xapi.statements(course, '', { [key]: entry });
  }

  /**
   * Gives what a change of the record tells a store. What was written in worksheets and promised is
   * in the record alone: it is the learner's own.
   * @param {Course} course
   * @param {CompactTable} table
   * @param {Record<string, Entry>} entries   the record before the change
   * @param {string} key
   * @param {Entry} entry                     the entry as it is now
   * @param {number} latency                  seconds that an answer took; 0: nobody knows
   * @returns {Statement[]} without what only a session knows; without ids
   */
  function told(course, table, entries, key, entry, latency) {
    const before = entries[key];
    const kind = key.split('/')[0];
    if (!TELL.includes(kind)) return [];
    const made = kind === 'item' ? answer(course, table, entries, key, before, entry, latency)
      : kind === 'attempt' ? attempted(course, key, before, entry)
        : kind === 'read' ? read(course, key, before, entry)
          : before ? [] : player.xapi.statements(course, '', { [key]: entry });
    return made.map(function (statement) {
      const { id, actor, ...rest } = statement;
      return /** @type {Statement} */ (rest);
    });
  }

  /** Gives a statement its id: what it says settles it. */
  function named(statement) {
    return Object.assign({ id: idOf(canonical(statement)) }, statement);
  }

  /**
   * Says how a learner stands in what was launched.
   * @param {any} store   get and keys are enough
   * @param {Course} course
   * @param {string} unit   the id of a module or a test; nothing for the whole course
   * @param {number | null} mastery   what the platform asks for; null: what the course does
   * @param {Record<string, number>} marks   what the course asks for, by test
   * @returns {Judged}
   */
  function judged(store, course, unit, mastery, marks) {
    const module = course.modules.find((one) => one.id === unit);
    const test = module ? (module.quiz ? module.quiz.id : '') : unit || 'final-test';
    const mark = mastery === null ? (Object.hasOwn(marks, test) ? marks[test] : null) : mastery;
    /** @type {any[]} */
    const ended = (test ? attemptsAt(store, test) : []).filter((one) => one.ended);
    const outcomes = mark === null ? [] : ended.map((one) => ({
      at: one.ended, key: test + ' ' + one.begun.slice(0, 16), points: one.points,
      seconds: Math.max(0, (Date.parse(one.ended) - Date.parse(one.begun)) / 1000),
    }));
    const good = outcomes.find((one) => one.points + 1e-9 >= Number(mark)) || null;
    const states = module || !unit
      ? (module ? [module] : course.modules).map((one) => player.course.moduleState(one, store)) : [];
    const complete = module ? states[0].isRead && (Boolean(good) || !module.quiz)
      : unit ? ended.length > 0 : states.every((one) => one.complete);
    return { complete, passed: good, failed: good ? [] : outcomes };
  }

  /**
   * Makes a statement that a session says of itself, or of how the learner stands.
   * @param {string} verb
   * @param {Course} course
   * @param {Launch} launch
   * @param {LaunchData} data
   * @param {{at: string, seconds?: number, points?: number, object: object, mastery: number | null}} of
   * @returns {Statement}
   */
  function defined(verb, course, launch, data, of) {
    const cmi5 = launch.kind === 'cmi5';
    /** @type {any} */
    const result = {};
    if (of.seconds !== undefined) result.duration = duration(of.seconds);
    if (verb === 'passed' || verb === 'failed') {
      result.success = verb === 'passed';
      result.score = { scaled: Math.round((of.points || 0) * 10000) / 10000 };
      // Rounding turns nothing that failed into what would have passed.
      if (of.mastery !== null && verb === 'failed' && result.score.scaled >= of.mastery) {
        result.score.scaled = Math.floor((of.points || 0) * 10000) / 10000;
      }
    }
    if (verb === 'completed') result.completion = true;
    const judges = 'success' in result || 'completion' in result;
    const category = [{ id: CATEGORIES + 'cmi5' }].concat(judges ? [{ id: CATEGORIES + 'moveon' }] : []);
    /** @type {any} */
    const own = { contextActivities: cmi5 ? { category } : { grouping: [{ id: course.iri + 'course' }] } };
    if (cmi5 && 'score' in result && of.mastery !== null && data.masteryScore !== undefined) {
      own.extensions = { [MASTERY]: data.masteryScore };
    }
    /** @type {any} */
    const statement = {
      verb: { id: VERBS + verb, display: { 'en-US': verb } }, object: of.object, timestamp: of.at,
      context: own,
    };
    if (Object.keys(result).length) statement.result = result;
    const whole = bound(statement, launch, data);
    // Once in a registration, whatever is lost in between: the id is the same each time.
    const once = launch.registration && ['passed', 'completed'].includes(verb);
    return once ? Object.assign({
      id: idOf(canonical(['once', verb, launch.registration, of.object.id, launch.actor])),
    }, whole) : named(whole);
  }

  /** Gives what to send in place of a statement of an earlier session that the store refuses. */
  function again(statement, launch, data) {
    return FRAME.includes(statement.verb.id) ? null : bound(statement, launch, data);
  }

  player.saying = { idOf, bound, sessionOf, told, named, judged, defined, again };
}(globalThis.imlPlayer));
