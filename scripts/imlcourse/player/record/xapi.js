// needs: core/values record/record
/* A learner's record as xAPI statements, and back. Each entry of the record (see record.js)
   becomes one statement or more that any learning record store can read. Each names its entry in
   an extension, and the last of them holds the entry itself in another, so that nothing is lost on
   the way back. The ids of statements depend on what they say alone: sent twice, they are the same
   statements. */
(function (player) {
  'use strict';
  const VERBS = 'http://adlnet.gov/expapi/verbs/';
  const ACTIVITIES = 'http://adlnet.gov/expapi/activities/';
  const INTERACTIONS = {
    single: 'choice', multiple: 'choice', truefalse: 'true-false', matching: 'matching',
    categorise: 'matching', ordering: 'sequencing', cloze: 'fill-in', numeric: 'numeric',
    scenario: 'other',
  };
  const { isObject } = player.values;

  /** Gives a UUID (of version 8) that a text settles. */
  function idOf(words) {
    const parts = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x3c6ef372];
    for (const byte of new TextEncoder().encode(words)) {
      parts.forEach(function (part, at) {
        parts[at] = Math.imul(part ^ (byte + at * 131), 16777619 + at * 2) >>> 0;
      });
    }
    const hex = parts.map((part) => {
      const mixed = Math.imul(part ^ (part >>> 15), 2246822507) >>> 0;
      return ((mixed ^ (mixed >>> 13)) >>> 0).toString(16).padStart(8, '0');
    }).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), '8' + hex.slice(13, 16),
      'a' + hex.slice(17, 20), hex.slice(20)].join('-');
  }

  /** Writes a response as xAPI wants it for its kind of interaction. */
  function responseOf(response) {
    if (Array.isArray(response)) return response.join('[,]');
    if (isObject(response)) {
      return Object.entries(response).map(([part, given]) => part + '[.]' + given).join('[,]');
    }
    return response === null || response === undefined ? '' : String(response);
  }

  /**
   * Writes a record as xAPI statements.
   * @param {object} course    id, iri, title, version, language
   * @param {string} learner   what names the learner's account, where the record has no name for it
   * @param {object} entries   the record: entry by key
   * @returns {object[]} statements, the oldest first
   */
  function statements(course, learner, entries) {
    const me = isObject(entries.me) ? entries.me : {};
    const actor = { objectType: 'Agent', account: { homePage: course.iri, name: me.account || learner } };
    if (me.name) actor.name = me.name;
    const grouping = [{ id: course.iri + 'course' }];
    const made = [];

    function activity(path, type, more) {
      return {
        objectType: 'Activity', id: course.iri + path,
        definition: Object.assign({ type: ACTIVITIES + type }, more),
      };
    }

    function itemOf(id, type, response) {
      // A judgement with its reason is more than the one word that true-false may hold.
      const kind = type === 'truefalse' && Array.isArray(response) ? 'multiple' : type;
      return activity('items/' + id, 'cmi.interaction',
        { interactionType: INTERACTIONS[kind] || 'other' });
    }

    let key = ''; // of the entry that is being written

    /** Adds a statement; entry: the one that it carries, or none. */
    function state(verb, object, at, result, entry, context) {
      const statement = {
        actor, verb: { id: VERBS + verb, display: { 'en-US': verb } }, object, timestamp: at,
        context: Object.assign({
          contextActivities: { grouping }, language: course.language, platform: course.title,
        }, context),
      };
      if (result) statement.result = result;
      statement.context.extensions = { [course.iri + 'xapi/key']: key };
      if (entry) statement.context.extensions[course.iri + 'xapi/entry'] = entry;
      statement.id = idOf(player.record.canonical(statement));
      made.push(statement);
    }

    function answered(id, type, given, entry, context) {
      state('answered', itemOf(id, type, given.response), given.at, {
        score: { scaled: given.points }, success: given.points === 1,
        response: responseOf(given.response),
      }, entry, context);
    }

    function attempt(one) {
      const test = activity('tests/' + one.test, 'assessment');
      const context = {
        registration: idOf(key),
        contextActivities: { grouping, parent: [{ objectType: 'Activity', id: test.id }] },
      };
      for (const { id, type } of one.items) {
        const given = one.answers[id];
        if (!one.ended || !given || given.response === null) continue;
        answered(id, type, Object.assign({ points: one.results[id] || 0 }, given),
          null, context);
      }
      const registration = { registration: context.registration };
      if (!one.ended) {
        state('attempted', test, one.at, null, one, registration);
        return;
      }
      const raw = one.points * one.items.length;
      const result = {
        score: { scaled: one.points, raw, min: 0, max: one.items.length }, completion: true,
        duration: 'PT' + Math.max(0, Math.round((Date.parse(one.ended) - Date.parse(one.begun)) / 1000)) +
          'S',
      };
      if (typeof one.passed === 'boolean') {
        result.success = one.passed;
        state(one.passed ? 'passed' : 'failed', test, one.ended, result, null, registration);
      }
      state('completed', test, one.ended, result, one, registration);
    }

    for (const [name, entry] of Object.entries(entries)) {
      key = name;
      const [kind, id] = key.split('/');
      if (kind === 'item') {
        if (entry.first.at !== entry.at) answered(id, entry.type, entry.first, null);
        answered(id, entry.type, entry, entry);
      } else if (kind === 'attempt') attempt(entry);
      else if (kind === 'draft') {
        state('attempted', itemOf(id, 'scenario'), entry.at, null, entry);
      } else if (kind === 'read') {
        state(entry.done ? 'completed' : 'progressed', activity('modules/' + id, 'module'),
          entry.at, null, entry);
      } else if (kind === 'work') {
        state('attempted', activity('worksheets/' + id, 'performance'), entry.at, null, entry);
      } else if (kind === 'me') {
        state('registered', activity('course', 'course'), entry.at, null, entry);
      }
    }
    const order = (one) => one.timestamp + ' ' + one.id;
    return made.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  /**
   * Reads a record from xAPI statements.
   * @param {object} course    iri
   * @param {*} read           what stood in a file: a statement, or statements in a list
   * @returns {{entries: object, names: string[], strange: number, damaged: number}} entries by
   *   key; the names of the learners; how many statements were of something else, and how many
   *   held an entry that makes no sense
   */
  function recordFrom(course, read) {
    const list = Array.isArray(read) ? read
      : isObject(read) && Array.isArray(read.statements) ? read.statements : [read];
    const entries = {};
    const names = new Set();
    let strange = 0;
    let damaged = 0;
    for (const statement of list) {
      const ours = isObject(statement) && isObject(statement.object) &&
        String(statement.object.id).startsWith(course.iri);
      if (!ours) {
        strange += isObject(statement) && isObject(statement.object) && statement.object.id ? 1 : 0;
        continue;
      }
      if (isObject(statement.actor) && statement.actor.name) names.add(String(statement.actor.name));
      const extensions = isObject(statement.context) && isObject(statement.context.extensions)
        ? statement.context.extensions : {};
      const key = extensions[course.iri + 'xapi/key'];
      const entry = extensions[course.iri + 'xapi/entry'];
      if (entry === undefined) continue;
      if (typeof key === 'string' && player.record.isValid(key, entry)) {
        entries[key] = player.record.merge(key, entry, entries[key]);
      } else damaged += 1;
    }
    return { entries, names: Array.from(names), strange, damaged };
  }

  player.xapi = { statements, recordFrom };
}(globalThis.imlPlayer));
