/* Where answers are kept: one record for each item, in this browser only.

   A store is any object with
     load() -> Promise            ready to be asked; never fails
     get(id) -> record|null       at once, from what load brought
     put(id, record) -> Promise of true if it is kept, false if it lives in the page alone
     setAside(id)                 the record makes no sense: out of the way, but not lost
     troubles() -> list           of 'forbidden', 'full', 'damaged'; empty when all is well
     listen(action)               action(id) when there is a new record, from here or elsewhere;
                                  action(null) when the troubles changed

   A record: {v: 1, item: version of the item, type, response, points, at: ISO time, tries,
   best, shown: the answer was shown, first: {response, points, at}, earlier: [the same, of
   earlier versions of the item]}. */
(function (player) {
  'use strict';
  const FORMAT = 1;
  const stores = new Map();

  function isTry(value) {
    return player.isObject(value) && typeof value.at === 'string' &&
      typeof value.points === 'number' && value.points >= 0 && value.points <= 1;
  }

  function isRecord(value) {
    return isTry(value) && value.v === FORMAT && typeof value.item === 'string' &&
      Number.isInteger(value.tries) && value.tries > 0 && typeof value.best === 'number' &&
      isTry(value.first) && Array.isArray(value.earlier) && value.earlier.every(isTry);
  }

  /** Makes the record of a new answer, on top of the one that there was. */
  function recordOf(view, response, points, before) {
    const at = new Date().toISOString();
    const record = {
      v: FORMAT, item: view.version, type: view.kind, response, points, at,
      tries: 1, best: points, shown: false, first: { response, points, at }, earlier: [],
    };
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
    return record;
  }

  function past(record) {
    const { item, response, points, at, tries, first } = record;
    return { item, response, points, at, tries, first };
  }

  /** Brings two records of one item together: the last answer, the first try, the best. */
  function merge(one, other) {
    if (!one || !other) return one || other;
    const [older, newer] = one.at <= other.at ? [one, other] : [other, one];
    const merged = Object.assign({}, newer);
    const earlier = older.earlier.concat(newer.earlier);
    if (older.item === newer.item) {
      merged.tries = Math.max(older.tries, newer.tries);
      merged.best = Math.max(older.best, newer.best);
      merged.shown = Boolean(older.shown || newer.shown);
      merged.first = older.first.at <= newer.first.at ? older.first : newer.first;
    } else {
      earlier.push(past(older));
    }
    const seen = new Set();
    merged.earlier = earlier.filter((each) => {
      const key = each.item + ' ' + each.at;
      return seen.has(key) ? false : seen.add(key);
    });
    return merged;
  }

  /** Gives the browser's own store, or null where it is not to be had. */
  function browserStore() {
    try {
      return globalThis.localStorage || null; // asking may throw already
    } catch (error) {
      return null;
    }
  }

  /** Gives the usual store of a course and a learner; the same one whenever asked. */
  function localStore(course, learner) {
    const name = [course || 'course', learner || 'me'].map(encodeURIComponent).join('/');
    const base = 'imlcourse/' + FORMAT + '/' + name + '/';
    if (!stores.has(base)) stores.set(base, makeStore(base));
    return stores.get(base);
  }

  function makeStore(base) {
    const storage = browserStore();
    const records = new Map();
    const troubles = new Set();
    const listeners = [];

    function tell(id) {
      for (const action of listeners) action(id);
    }

    function trouble(kind, there) {
      if (troubles.has(kind) === there) return;
      if (there) troubles.add(kind);
      else troubles.delete(kind);
      tell(null);
    }

    function keyOf(id) {
      return base + 'item/' + id;
    }

    function failed(error) {
      // Browsers name it differently; whatever else a write can throw means that it is forbidden.
      const full = /quota/i.test(String(error && error.name));
      trouble(full ? 'full' : 'forbidden', true);
    }

    function setAside(id) {
      records.set(id, null);
      if (!storage) return;
      try {
        const raw = storage.getItem(keyOf(id));
        if (raw === null) return;
        trouble('damaged', true);
        storage.setItem(base + 'aside/' + id + '/' + new Date().toISOString(), raw);
        storage.removeItem(keyOf(id));
      } catch (error) {
        failed(error);
      }
    }

    function read(id) {
      if (!storage) return null;
      let raw = null;
      try {
        raw = storage.getItem(keyOf(id));
      } catch (error) {
        failed(error);
      }
      if (raw === null) return null;
      let record = null;
      try {
        record = JSON.parse(raw);
      } catch (error) { /* not JSON: as bad as JSON that is no record */ }
      if (isRecord(record)) return record;
      setAside(id);
      return null;
    }

    function load() {
      if (!storage) {
        trouble('forbidden', true);
        return Promise.resolve();
      }
      try {
        storage.setItem(base + 'try', '1');
        storage.removeItem(base + 'try');
      } catch (error) {
        failed(error);
      }
      return Promise.resolve();
    }

    function get(id) {
      if (!records.has(id)) records.set(id, read(id));
      return records.get(id);
    }

    function put(id, record) {
      // Another page may have written since this one read.
      const merged = merge(record, read(id));
      const kept = write(id, JSON.stringify(merged));
      records.set(id, merged);
      tell(id);
      return Promise.resolve(kept);
    }

    function write(id, raw) {
      if (!storage) return false;
      try {
        storage.setItem(keyOf(id), raw);
        if (storage.getItem(keyOf(id)) !== raw) throw new Error('not written');
        trouble('full', false);
        return true;
      } catch (error) {
        failed(error);
        return false;
      }
    }

    if (storage) {
      globalThis.addEventListener('storage', function (event) {
        if (!event.key || !event.key.startsWith(base + 'item/') || event.newValue === null) return;
        const id = event.key.slice((base + 'item/').length);
        const found = read(id);
        if (!found) return;
        records.set(id, merge(records.get(id) || null, found));
        tell(id);
      });
    }

    return {
      load, get, put, setAside,
      troubles: () => Array.from(troubles),
      listen: (action) => listeners.push(action),
    };
  }

  Object.assign(player, { localStore, recordOf, mergeRecords: merge });
}(globalThis.imlPlayer));
