// needs: core/values
/* What a learner's record is made of. It is a set of entries, each under a key:

     item/<id>           the answers to an item of practice, or to one of a finished test
     draft/<id>          a case (scenario) that was begun
     attempt/<test>/<n>  an attempt at a test: drawn items, answers, place, result
     read/<module>       which sections were read, and whether the module is done
     work/<id>           what was written into a worksheet (see worksheet.js)
     me                  name and role

   Each entry has v, the format, and at, the ISO time of its last change. Two versions of an entry
   are merged, whichever comes first, with the same outcome; nothing better is ever lost by it.

   An item's entry: {v, item: version of the item, type, response, points, at, tries, best,
   shown: the answer was shown, first: {response, points, at}, earlier: [the same, of earlier
   versions of the item], review: {box, due, at}}. */
(function (player) {
  'use strict';
  const FORMAT = player.shared.record.format;
  const MINUTE = 60000;
  // Leitner's boxes: how long a missed item waits until it is asked again.
  const WAITS = player.shared.record.waits.map((minutes) => minutes * MINUTE);
  const { isObject } = player.values;

  function isTime(value) {
    return typeof value === 'string' && value.length > 0 && value.length < 40;
  }

  function isShare(value) {
    return typeof value === 'number' && value >= 0 && value <= 1;
  }

  function isTry(value) {
    return isObject(value) && isTime(value.at) && isShare(value.points);
  }

  function isEntry(value) {
    return isObject(value) && value.v === FORMAT && isTime(value.at);
  }

  function isDated(value) {
    return isObject(value) && isTime(value.at);
  }

  function isReview(value) {
    return isObject(value) && Number.isInteger(value.box) && value.box >= 0 && isTime(value.at) &&
      (value.due === null || isTime(value.due));
  }

  function values(of, test) {
    return isObject(of) && Object.values(of).every(test);
  }

  /* How the entries of each kind are told to be whole, and brought together. */
  const KINDS = {
    item: {
      valid: (value) => isTry(value) && typeof value.item === 'string' && isShare(value.best) &&
        Number.isInteger(value.tries) && value.tries > 0 && isTry(value.first) &&
        Array.isArray(value.earlier) && value.earlier.every(isTry) &&
        (value.review === undefined || isReview(value.review)),
      merge: mergeItems,
    },
    attempt: {
      valid: (value) => typeof value.test === 'string' && isTime(value.begun) &&
        (value.ended === null || isTime(value.ended)) && Number.isInteger(value.place) &&
        Array.isArray(value.items) && value.items.every((one) => isObject(one) &&
          typeof one.id === 'string' && typeof one.version === 'string') &&
        values(value.answers, (one) => isObject(one) && isTime(one.at)) &&
        values(value.results, isShare) && (value.points === null || isShare(value.points)),
      merge: mergeAttempts,
    },
    draft: { valid: (value) => Array.isArray(value.response), merge: newer },
    read: { valid: (value) => values(value.sections, isTime), merge: mergeRead },
    work: {
      valid: (value) => values(value.fields, (one) => isDated(one) && typeof one.text === 'string') &&
        values(value.self, isDated) && values(value.peer, isDated),
      merge: mergeWork,
    },
    me: { valid: () => true, merge: newer },
  };

  function kindOf(key) {
    return KINDS[key.split('/')[0]] || { valid: () => true, merge: newer };
  }

  function isValid(key, value) {
    return isEntry(value) && kindOf(key).valid(value);
  }

  function isNewer(value) {
    return isObject(value) && typeof value.v === 'number' && value.v > FORMAT;
  }

  function newer(older, later) {
    return later;
  }

  /** Gives the JSON of a value with its names in order, the same for equal values. */
  function canonical(value) {
    if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
    if (!isObject(value)) return JSON.stringify(value === undefined ? null : value);
    return '{' + Object.keys(value).sort().filter((name) => value[name] !== undefined)
      .map((name) => JSON.stringify(name) + ':' + canonical(value[name])).join(',') + '}';
  }

  /** Brings two versions of an entry together. */
  function merge(key, one, other) {
    if (!one || !other) return one || other || null;
    // Of two of the same moment, either may be taken, but always the same one.
    const inOrder = one.at === other.at ? canonical(one) <= canonical(other) : one.at < other.at;
    return inOrder ? kindOf(key).merge(one, other) : kindOf(key).merge(other, one);
  }

  /** Brings two records of an item together: the last answer, the first try, the best. */
  function mergeItems(older, later) {
    const merged = Object.assign({}, later);
    const earlier = older.earlier.concat(later.earlier);
    if (older.item === later.item) {
      merged.tries = Math.max(older.tries, later.tries);
      merged.best = Math.max(older.best, later.best);
      merged.shown = Boolean(older.shown || later.shown);
      merged.first = older.first.at <= later.first.at ? older.first : later.first;
      const reviews = [older.review, later.review].filter(Boolean)
        .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.box - b.box));
      if (reviews.length) merged.review = reviews[reviews.length - 1];
    } else {
      earlier.push(past(older));
    }
    const seen = new Set();
    merged.earlier = earlier.filter((each) => {
      const key = each.item + ' ' + each.at;
      return seen.has(key) ? false : seen.add(key);
    }).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    return merged;
  }

  /** Brings two states of one attempt together: the last answer to each item; ended is ended. */
  function mergeAttempts(older, later) {
    const ended = [older, later].filter((one) => one.ended)
      .sort((a, b) => (a.ended < b.ended ? -1 : a.ended > b.ended ? 1 : 0));
    const merged = Object.assign({}, ended[0] || later);
    if (ended.length) return Object.assign(merged, { at: later.at });
    merged.answers = Object.assign({}, older.answers);
    for (const [id, given] of Object.entries(later.answers)) {
      if (!merged.answers[id] || merged.answers[id].at <= given.at) merged.answers[id] = given;
    }
    return merged;
  }

  /** Brings two records of reading together: read stays read; done is what was said last. */
  function mergeRead(older, later) {
    const sections = Object.assign({}, later.sections);
    for (const [id, at] of Object.entries(older.sections)) {
      if (!sections[id] || at < sections[id]) sections[id] = at;
    }
    return Object.assign({}, later, { sections });
  }

  /** Brings two states of a worksheet together: of each part, what was written last. */
  function mergeWork(older, later) {
    const merged = Object.assign({}, later);
    for (const name of ['fields', 'self', 'peer']) {
      merged[name] = Object.assign({}, older[name]);
      for (const [id, one] of Object.entries(later[name])) {
        if (!merged[name][id] || merged[name][id].at <= one.at) merged[name][id] = one;
      }
    }
    return merged;
  }

  function past(record) {
    const { item, response, points, at, tries, first } = record;
    return { item, response, points, at, tries, first };
  }

  function later(at, box) {
    return new Date(new Date(at).getTime() + WAITS[box]).toISOString();
  }

  /** Makes the record of a new answer, on top of the one that there was. */
  function recordOf(view, response, points, before) {
    const at = new Date().toISOString();
    const record = {
      v: FORMAT, item: view.version, type: view.kind, response, points, at,
      tries: 1, best: points, shown: false, first: { response, points, at }, earlier: [],
    };
    if (points < 1) record.review = { box: 0, due: later(at, 0), at };
    if (!before) return record;
    if (before.item !== view.version) {
      record.earlier = before.earlier.concat(past(before));
      return record;
    }
    record.tries = before.tries + 1;
    record.best = Math.max(before.best, points);
    record.shown = before.shown;
    record.first = before.first;
    record.earlier = before.earlier;
    record.review = before.review;
    return record;
  }

  /**
   * Moves an item on to the next box when it was right at once, and back to the second when not:
   * the first is for what was missed just now.
   */
  function reviewed(record, right) {
    const { at } = record;
    const box = right ? record.review.box + 1 : 1;
    return Object.assign({}, record, {
      review: { box, due: box < WAITS.length ? later(at, box) : null, at },
    });
  }

  /** Says whether an item is to come back, now or at a later time. */
  function isDue(record, when) {
    return Boolean(record && record.review && record.review.due && record.review.due <= when);
  }

  /** Gives the attempts at a test, the first one first. */
  function attemptsAt(store, test) {
    return store.keys('attempt/' + test + '/').map((key) => store.get(key))
      .sort((a, b) => (a.begun < b.begun ? -1 : 1));
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
    FORMAT, attemptsAt, bestAttempt, percent, canonical, isValid, isNewer, merge, recordOf, reviewed, isDue,
  };
}(globalThis.imlPlayer));
