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
  const STEP = 500; // statements that are read before the page may answer again
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

  /** Gives the time of an entry of which little is known. */
  function timeOf(entry) {
    return typeof entry.at === 'string' && Number.isFinite(Date.parse(entry.at)) ? entry.at
      : new Date(0).toISOString();
  }

  /**
   * Writes a record as xAPI statements.
   * @param {object} course    id, iri, title, version, language
   * @param {string} learner   what names the learner's account, where the record has no name for it
   * @param {object} entries   the record: entry by key
   * @param {object} [newer]   entries in a newer format: they are passed on as they are
   * @returns {object[]} statements, the oldest first
   */
  function statements(course, learner, entries, newer) {
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
        { interactionType: Object.hasOwn(INTERACTIONS, kind) ? INTERACTIONS[kind] : 'other' });
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
      } else if (kind === 'promise') {
        state('commented', activity('modules/' + id, 'module'), entry.at, { response: entry.text }, entry);
      } else if (kind === 'me') {
        state('registered', activity('course', 'course'), entry.at, null, entry);
      }
    }
    for (const [name, entry] of Object.entries(newer || {})) {
      key = name;
      state('experienced', activity('record/' + encodeURIComponent(name), 'file'),
        timeOf(entry), null, entry);
    }
    return made.sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp) ||
      (a.id < b.id ? -1 : 1));
  }

  /**
   * Collects a record from xAPI statements, one after the other.
   * @param {object} course    iri
   * @returns {{take: function, found: function}} found() gives entries by key; names of the
   *   learners; how many statements were of something else (strange), held an entry that makes no
   *   sense (damaged), or one in a newer format (newer)
   */
  function collector(course) {
    const versions = new Map();
    const names = new Set();
    const counts = { strange: 0, damaged: 0, newer: 0 };

    function take(statement) {
      const ours = isObject(statement) && isObject(statement.object) &&
        String(statement.object.id).startsWith(course.iri);
      if (!ours) {
        if (isObject(statement) && isObject(statement.object) && statement.object.id) {
          counts.strange += 1;
        }
        return;
      }
      const { actor, context } = statement;
      if (isObject(actor) && typeof actor.name === 'string' && actor.name) names.add(actor.name);
      const extensions = isObject(context) && isObject(context.extensions) ? context.extensions : {};
      const key = extensions[course.iri + 'xapi/key'];
      const entry = extensions[course.iri + 'xapi/entry'];
      if (entry === undefined) return;
      if (player.record.isNewer(entry)) counts.newer += 1;
      else if (!player.record.isWelcome(key, entry)) counts.damaged += 1;
      else if (versions.has(key)) versions.get(key).push(entry);
      else versions.set(key, [entry]);
    }

    function found() {
      const entries = {};
      for (const [key, all] of versions) entries[key] = player.record.mergeAll(key, all);
      return Object.assign({ entries, names: Array.from(names) }, counts);
    }

    return { take, found };
  }

  function listOf(read) {
    return Array.isArray(read) ? read
      : isObject(read) && Array.isArray(read.statements) ? read.statements : [read];
  }

  /**
   * Reads a record from xAPI statements.
   * @param {object} course    iri
   * @param {*} read           what stood in a file: a statement, or statements in a list
   * @returns {object} what a collector has found
   */
  function recordFrom(course, read) {
    const { take, found } = collector(course);
    listOf(read).forEach(take);
    return found();
  }

  /** Does the same in small steps, between which the page can answer; step(done, of) is told. */
  function recordInSteps(course, read, step) {
    const { take, found } = collector(course);
    const list = listOf(read);
    let done = 0;
    return new Promise(function (resolve) {
      (function go() {
        for (const end = Math.min(list.length, done + STEP); done < end; done += 1) take(list[done]);
        step(done, list.length);
        setTimeout(done < list.length ? go : () => resolve(found()), 0);
      }());
    });
  }

  player.xapi = { statements, recordFrom, recordInSteps };
}(globalThis.imlPlayer));
