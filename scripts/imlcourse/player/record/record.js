// needs: core/values
/* What a learner's record is made of. It is a set of entries, each under a key:

     item/<id>           the answers to an item of practice, or to one of a finished test
     draft/<id>          a case (scenario) that was begun
     attempt/<test>/<n>  an attempt at a test: drawn items, answers, place, result
     read/<module>       which sections were read, at which step the learner is; in records of 0.1.0
                         also whether the learner called the module read
     work/<id>           what was written into a worksheet (see worksheet.js)
     promise/<module>    what the learner promised to do, and how it went (see promises.js)
     undo/<n>            what was brought in from a file (see bringing.js)
     me                  name and role

   Each entry has v, the format, at, the ISO time of its last change, and maybe seq. What was
   written last is told by the time of a clock that never runs back (a hybrid logical clock): where
   it differs from the clock on the wall, which learners set as they like, it stands in seq, in
   milliseconds. Records of 0.1.0 have none; there the time alone counts. Parts that are brought
   together by themselves (a first try, an answer in a test, a field of a worksheet) have at and
   seq of their own.

   Two versions of an entry are merged, whichever comes first, and in whatever groups, with the
   same outcome; merged again, nothing changes; nothing better is ever lost by it.

   An item's entry: {v, item: version of the item, type, response, points, at, tries, best,
   shown: the answer was shown, first: {response, points, at}, earlier: [the same, of other
   versions of the item], review: {box, due, at, stability, difficulty}}. The box of an item that
   comes back says how often in a row it was right; the rest says how well it is remembered (see
   schedule.js). Records of 0.1.0 have the box alone. */
(function (player) {
  'use strict';
  const FORMAT = player.shared.record.format;
  const MINUTE = 60000;
  const DAY = 24 * 60 * MINUTE;
  const MORNING = 4; // the hour at which a new day begins for who learns late
  const { learned: LEARNED, longest: LONGEST } = player.shared.record;
  const EARLIEST = Date.UTC(1970, 0, 1);
  // Whatever is dated later was written by no clock. What comes after it needs room to be later.
  const LATEST = Date.UTC(9000, 0, 1);
  const LAST = Date.UTC(9999, 0, 1);
  const DEEPEST = 20; // values in one another; an answer has a few
  const LONGEST_NAME = 300; // characters of an id or a key
  const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;
  const { isObject } = player.values;

  // --- what is valid ------------------------------------------------------------------------

  function isTime(value) {
    if (typeof value !== 'string' || !TIME.test(value)) return false;
    const moment = Date.parse(value);
    // The 31st of February is read as the 3rd of March; no other program would take it for a day.
    const day = Number(value.slice(8, 10));
    const inMonth = new Date(Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)), 0));
    return moment >= EARLIEST && moment < LATEST && day <= inMonth.getUTCDate();
  }

  function isText(value) {
    return typeof value === 'string';
  }

  function isOptional(value, test) {
    return value === undefined || value === null || test(value);
  }

  function isShare(value) {
    return typeof value === 'number' && value >= 0 && value <= 1;
  }

  /** Says whether something may name a part of an object; what every object has may not. */
  function isName(value) {
    return isText(value) && value.length > 0 && value.length <= LONGEST_NAME && !(value in {});
  }

  function isDated(value) {
    return isObject(value) && Object.keys(value).every(isName) && isTime(value.at) &&
      (value.seq === undefined || isSeq(value.seq));
  }

  function isSeq(value) {
    return Number.isInteger(value) && value >= EARLIEST && value < LAST;
  }

  function isTry(value) {
    return isDated(value) && isShare(value.points);
  }

  function isReview(value) {
    return isDated(value) && Number.isInteger(value.box) && value.box >= 0 &&
      value.box <= LEARNED &&
      (value.due === null || (value.box < LEARNED && isTime(value.due))) &&
      [value.stability, value.difficulty].every((one) => isOptional(one, Number.isFinite));
  }

  function values(of, test) {
    return isObject(of) && Object.entries(of).every(([name, one]) => isName(name) && test(one));
  }

  /** Says whether something holds the answers to one version of an item. */
  function isVersion(value) {
    return isTry(value) && isText(value.item) && isOptional(value.type, isText) &&
      Number.isInteger(value.tries) && value.tries > 0 && isTry(value.first) &&
      isOptional(value.best, isShare) && isOptional(value.shown, (one) => typeof one === 'boolean') &&
      isOptional(value.review, isReview);
  }

  function isDrawn(value) {
    return isObject(value) && isName(value.id) && isText(value.version) &&
      isOptional(value.type, isText);
  }

  /* How the entries of each kind are told to be whole, and brought together. */
  const KINDS = {
    item: {
      valid: (value) => isVersion(value) && isShare(value.best) && Array.isArray(value.earlier) &&
        value.earlier.every(isVersion),
      merge: mergeItems,
    },
    attempt: {
      valid: (value) => isText(value.test) && isTime(value.begun) &&
        [value.kind, value.course, value.id].every((one) => isOptional(one, isText)) &&
        (value.ended === null || (isTime(value.ended) && isShare(value.points))) &&
        Array.isArray(value.items) && value.items.every(isDrawn) &&
        Number.isInteger(value.place) && value.place >= 0 &&
        value.place < Math.max(1, value.items.length) &&
        values(value.answers, isDated) && values(value.results, isShare) &&
        isOptional(value.points, isShare) &&
        isOptional(value.passed, (one) => typeof one === 'boolean') &&
        isOptional(value.begunSeq, isSeq),
      merge: mergeAttempts,
    },
    draft: {
      valid: (value) => isText(value.item) && Array.isArray(value.response) &&
        value.response.every(isText),
      merge: latest,
    },
    read: {
      valid: (value) => values(value.sections, isTime) &&
        isOptional(value.done, (one) => one === '' || isTime(one)) &&
        isOptional(value.place, isName) && isStamped(value),
      merge: mergeRead,
    },
    work: {
      valid: (value) => values(value.fields, (one) => isDated(one) && isText(one.text)) &&
        [value.self, value.peer].every((points) => values(points,
          (one) => isDated(one) && isOptional(one.points, Number.isInteger))),
      merge: mergeWork,
    },
    promise: {
      valid: (value) => isText(value.text) && isTime(value.made) &&
        [value.answer, value.words].every((one) => isOptional(one, isText)) &&
        isOptional(value.answered, (one) => one === '' || isTime(one)) && isStamped(value),
      merge: mergeRegisters,
    },
    me: {
      valid: (value) => [value.name, value.account].every((one) => isOptional(one, isText)) &&
        isOptional(value.role, (one) => one === '' || isName(one)) &&
        isOptional(value.whole, (one) => typeof one === 'boolean') && isStamped(value),
      merge: mergeRegisters,
    },
  };
  // What a shelf keeps beside the entries (see store.js).
  const RESERVED = ['aside', 'writing', 'try', 'current'];

  /** Says whether the stamps of single fields (see mergeRegisters) make sense. */
  function isStamped(value) {
    return value.stamps === undefined || values(value.stamps, isSeq);
  }

  function kindOf(key) {
    const kind = key.split('/')[0];
    return Object.hasOwn(KINDS, kind) ? KINDS[kind] : { valid: () => true, merge: latest };
  }

  function isKey(key) {
    if (!isName(key) || !key.split('/').every(isName)) return false;
    const [kind, ...names] = key.split('/');
    if (RESERVED.includes(kind)) return false;
    const wanted = { me: 0, attempt: 2 };
    return !Object.hasOwn(KINDS, kind) ||
      names.length === (Object.hasOwn(wanted, kind) ? wanted[kind] : 1);
  }

  /** Says whether a value is nested no deeper than can be gone through. */
  function isShallow(value, deep) {
    return typeof value !== 'object' || value === null ||
      (deep > 0 && Object.values(value).every((one) => isShallow(one, deep - 1)));
  }

  function isValid(key, value) {
    return isKey(key) && isDated(value) && value.v === FORMAT && isShallow(value, DEEPEST) &&
      kindOf(key).valid(value);
  }

  /** Says whether an entry may be brought in: what is written after it needs room to be later. */
  function isWelcome(key, value) {
    return isValid(key, value) && lastWritten(value) < LATEST;
  }

  function isNewer(value) {
    return isObject(value) && typeof value.v === 'number' && value.v > FORMAT;
  }

  // --- the clock ----------------------------------------------------------------------------

  let last = 0; // of all that this page has seen or written, when the last was written

  /** Gives when something was written, in milliseconds of a clock that never runs back. */
  function writtenAt(dated) {
    return dated.seq === undefined ? Date.parse(dated.at) : dated.seq;
  }

  /** Gives the latest moment that anything in a value was written at, parts of it too. */
  function lastWritten(value) {
    if (typeof value !== 'object' || value === null) return 0;
    const stamps = isObject(value.stamps) ? Object.values(value.stamps).filter(isSeq) : [];
    return Object.values(value).map(lastWritten).concat(stamps)
      .reduce((most, one) => Math.max(most, one), isDated(value) ? writtenAt(value) : 0);
  }

  /**
   * Notes that something was written: whatever is stamped from now on was written later. An entry
   * from a file may hold parts that are dated later than the entry itself.
   */
  function see(entry) {
    if (isDated(entry)) last = Math.max(last, lastWritten(entry));
  }

  /** Gives what says when something is written, to be put into it: at, and seq or undefined. */
  function stamp() {
    // A clock outside of what a record can hold makes nothing damaged.
    const now = Math.min(Math.max(Date.now(), EARLIEST), LATEST - 1);
    last = Math.max(now, last + 1);
    return { at: new Date(now).toISOString(), seq: last === now ? undefined : last };
  }

  // --- bringing together --------------------------------------------------------------------

  /** Gives the JSON of a value with its names in order, the same for equal values. */
  function canonical(value) {
    if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
    if (!isObject(value)) return JSON.stringify(value === undefined ? null : value);
    return '{' + Object.keys(value).sort().filter((name) => value[name] !== undefined)
      .map((name) => JSON.stringify(name) + ':' + canonical(value[name])).join(',') + '}';
  }

  function without(value, names) {
    return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
  }

  /** Compares when two things were written; of the same moment, one is always the first. */
  function inOrder(one, other, name) {
    const apart = writtenAt(one) - writtenAt(other);
    if (apart) return apart;
    const [a, b] = [one, other].map(name || canonical);
    return a < b ? -1 : a > b ? 1 : 0;
  }

  function latest(one, other) {
    return inOrder(one, other) >= 0 ? one : other;
  }

  function earliest(one, other) {
    return inOrder(one, other) <= 0 ? one : other;
  }

  /** Brings two versions of an entry together. */
  function merge(key, one, other) {
    if (!one || !other) return one || other || null;
    return kindOf(key).merge(one, other);
  }

  /** Brings together what two objects hold under each name. */
  function mergeNamed(one, other, choose) {
    const merged = Object.assign({}, one);
    for (const [name, value] of Object.entries(other)) {
      merged[name] = Object.hasOwn(merged, name) ? choose(merged[name], value) : value;
    }
    return merged;
  }

  const JOINED = ['tries', 'best', 'shown', 'first', 'review', 'earlier'];

  /** Gives an item's answers by version: what was answered last, and what all of them tell. */
  function versionsOf(entry) {
    const versions = new Map();
    for (const one of (entry.earlier || []).concat(entry)) {
      const whole = Object.assign({}, one, {
        best: Math.max(one.best || 0, one.points, one.first.points), shown: Boolean(one.shown),
      });
      delete whole.earlier;
      const there = versions.get(one.item);
      versions.set(one.item, there ? mergeVersions(there, whole) : whole);
    }
    return versions;
  }

  function headOf(version) {
    return canonical(without(version, JOINED.concat('v')));
  }

  /** Brings two records of one version of an item together: last answer, first try, the best. */
  function mergeVersions(one, other) {
    const head = inOrder(one, other, headOf) >= 0 ? one : other;
    const merged = Object.assign({}, head, {
      tries: Math.max(one.tries, other.tries), best: Math.max(one.best, other.best),
      shown: one.shown || other.shown, first: earliest(one.first, other.first),
    });
    const reviews = [one.review, other.review].filter(Boolean);
    if (reviews.length) merged.review = reviews.reduce(latest);
    return merged;
  }

  /** Brings two records of an item together, version by version. */
  function mergeItems(one, other) {
    const versions = versionsOf(one);
    for (const [item, version] of versionsOf(other)) {
      const there = versions.get(item);
      versions.set(item, there ? mergeVersions(there, version) : version);
    }
    const byTime = Array.from(versions.values()).sort((a, b) => inOrder(a, b, headOf));
    const head = byTime.pop();
    return Object.assign({}, head, {
      v: FORMAT, earlier: byTime.map((version) => without(version, ['v'])),
    });
  }

  /** Gives at and seq of what was written last. */
  function lastStamp(one, other) {
    const { at, seq } = inOrder(one, other, (entry) => canonical([entry.at, entry.seq])) >= 0
      ? one : other;
    return { at, seq };
  }

  /** Brings two states of one attempt together: the last answer to each item; ended is ended. */
  function mergeAttempts(one, other) {
    const ended = [one, other].filter((state) => state.ended);
    if (ended.length) {
      // That it was ended is settled once; when it was last written may still be said later.
      const name = (state) => canonical(without(state, ['at', 'seq']));
      const settled = ended.reduce((first, state) => {
        const apart = Date.parse(state.ended) - Date.parse(first.ended);
        return apart < 0 || (!apart && name(state) < name(first)) ? state : first;
      });
      return Object.assign({}, settled, lastStamp(one, other));
    }
    const newest = inOrder(one, other, (state) => canonical(without(state, ['answers']))) >= 0
      ? one : other;
    return Object.assign({}, newest, {
      answers: mergeNamed(one.answers, other.answers, latest),
    });
  }

  /**
   * Brings together entries of which each field was written for itself, such as name and role.
   * When a field was written that is older than its entry, stamps says.
   */
  function mergeRegisters(one, other) {
    const own = ['v', 'at', 'seq', 'stamps'];
    const merged = Object.assign({ v: FORMAT }, lastStamp(one, other));
    const stamps = {};
    const fields = new Map();
    for (const entry of [one, other]) {
      for (const [name, value] of Object.entries(entry)) {
        if (own.includes(name) || value === undefined) continue;
        const at = entry.stamps && Object.hasOwn(entry.stamps, name)
          ? entry.stamps[name] : writtenAt(entry);
        const there = fields.get(name);
        if (!there || at > there.at ||
          (at === there.at && canonical(value) > canonical(there.value))) {
          fields.set(name, { value, at });
        }
      }
    }
    for (const [name, { value, at }] of fields) {
      merged[name] = value;
      if (at !== writtenAt(merged)) stamps[name] = at;
    }
    return Object.assign(merged, Object.keys(stamps).length ? { stamps } : {});
  }

  /** Brings two records of reading together: read stays read; done is what was said last. */
  function mergeRead(one, other) {
    const bare = [one, other].map((entry) => without(entry, ['sections']));
    const first = (a, b) => {
      const apart = Date.parse(a) - Date.parse(b);
      return apart < 0 || (!apart && a <= b) ? a : b;
    };
    return Object.assign(mergeRegisters(bare[0], bare[1]), {
      sections: mergeNamed(one.sections, other.sections, first),
    });
  }

  /** Brings two states of a worksheet together: of each part, what was written last. */
  function mergeWork(one, other) {
    const parts = ['fields', 'self', 'peer'];
    const newest = inOrder(one, other, (entry) => canonical(without(entry, parts))) >= 0
      ? one : other;
    return Object.assign({}, newest, Object.fromEntries(parts.map(
      (name) => [name, mergeNamed(one[name], other[name], latest)])));
  }

  /** Brings many versions of an entry together, two by two: in line with their number. */
  function mergeAll(key, entries) {
    let left = entries.slice();
    while (left.length > 1) {
      const merged = [];
      for (let at = 0; at < left.length; at += 2) {
        merged.push(at + 1 < left.length ? merge(key, left[at], left[at + 1]) : left[at]);
      }
      left = merged;
    }
    return left.length ? left[0] : null;
  }

  // --- answers ------------------------------------------------------------------------------

  /** Gives the time some days later, in the morning of the learner. */
  function inDays(at, days) {
    const then = new Date(at);
    const due = new Date(then.getFullYear(), then.getMonth(), then.getDate() + days, MORNING);
    return new Date(Math.min(due.getTime(), LATEST - 1)).toISOString();
  }

  /** Makes the record of a new answer, on top of the one that there was. */
  function recordOf(view, response, points, before) {
    const now = stamp();
    /** @type {ItemEntry} */
    const record = Object.assign({
      v: FORMAT, item: view.version, type: view.kind, response, points,
      tries: 1, best: points, shown: false, first: Object.assign({ response, points }, now),
      earlier: [],
    }, now);
    if (points < 1) record.review = Object.assign({ box: 0, due: inDays(now.at, 1) }, now);
    if (!before) return record;
    const versions = versionsOf(before);
    const known = versions.get(view.version);
    versions.delete(view.version);
    /** @type {any[]} */
    const others = Array.from(versions.values(), (version) => without(version, ['v']));
    record.earlier = others.sort((a, b) => inOrder(a, b, headOf));
    if (!known) return record;
    record.tries = known.tries + 1;
    record.best = Math.max(known.best, points);
    record.shown = known.shown;
    record.first = known.first;
    if (known.review) record.review = known.review;
    else delete record.review;
    return record;
  }

  /**
   * Gives when an item is to come back; null if it is not. Nothing waits longer than it may: what
   * does was dated by a clock that has been set right since, and comes back now. A case is played
   * again in its module: it takes longer than all else that comes back.
   */
  function dueAt(record, now) {
    const review = record && record.type !== 'scenario' && record.review;
    if (!review || !review.due) return null;
    const [due, at, then] = [review.due, review.at, now].map(Date.parse);
    return due - then > (LONGEST + 1) * DAY || at - then > MINUTE ? now : review.due;
  }

  /** Says whether an item is to come back, now or at a later time. */
  function isDue(record, now) {
    const due = dueAt(record, now);
    return due !== null && Date.parse(due) <= Date.parse(now);
  }

  /** Gives when an attempt was begun, by the clock that never runs back. */
  function begunAt(attempt) {
    return writtenAt({ at: attempt.begun, seq: attempt.begunSeq });
  }

  /** Gives the attempts at a test, the first one first. */
  function attemptsAt(store, test) {
    return store.keys('attempt/' + test + '/').map((key) => store.get(key))
      .sort((a, b) => begunAt(a) - begunAt(b) || (a.begun < b.begun ? -1 : 1));
  }

  /** Gives the attempt with the most points, of those that were ended. */
  function bestAttempt(attempts) {
    return attempts.filter((one) => one.ended)
      .reduce((most, one) => (!most || one.points > most.points ? one : most), null);
  }

  /** Gives a share in whole per cent, never more than was earned. */
  function percent(share) {
    return Math.floor(share * 100 + 1e-9);
  }

  player.record = {
    FORMAT, attemptsAt, begunAt, bestAttempt, percent, canonical, isValid, isWelcome, isNewer,
    merge, mergeAll, recordOf, inDays, dueAt, isDue, see, stamp, writtenAt,
  };
}(globalThis.imlPlayer));
