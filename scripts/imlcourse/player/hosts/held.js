// needs: record/record
/* The shelf (see record/store.js) of a page around the course, which holds the record of one learner
   in its memory, and sees to where it is kept. */
(function (player) {
  'use strict';
  const { merge, isValid, see, canonical } = player.record;
  const copy = (value) => JSON.parse(JSON.stringify(value));

  /** Gives what tells an attempt from others at its test: the minute in which it was begun. */
  const minuteOf = (attempt) => attempt.begun.slice(0, 16);

  /**
   * Gives entries under the names that they have here. A record that has travelled in few signs (see
   * record/compact.js) names an attempt anew, by the minute in which it was begun.
   */
  function known(entries, others) {
    const here = Object.entries(entries).filter(([key]) => key.startsWith('attempt/'));
    return Object.entries(others).map(function ([key, entry]) {
      if (!key.startsWith('attempt/') || entries[key]) return /** @type {[string, Entry]} */ ([key, entry]);
      const same = here.find(([, one]) => one.test === entry.test && minuteOf(one) === minuteOf(entry));
      if (!same) return /** @type {[string, Entry]} */ ([key, entry]);
      const { id, begun, begunSeq, seed } = same[1];
      return /** @type {[string, Entry]} */ ([same[0], Object.assign({}, entry, { id, begun, begunSeq, seed })]);
    });
  }

  /**
   * @param {string} course   its id
   * @param {Record<string, Entry>} entries   the record, which changes in place
   * @param {(key: string, before: Entry, entry: Entry) => void} noted   called for each new answer
   * @param {() => void} changed   called whenever anything has changed
   * @returns {{shelf: Shelf, heard(others: Record<string, Entry>): void}} heard takes in what comes
   *   from elsewhere, and tells the page of it
   */
  function held(course, entries, noted, changed) {
    /** @type {Watcher[]} */
    const watching = [];

    function put(of, learner, key, given) {
      const entry = copy(given);
      if (of !== course || learner !== 'me' || !isValid(key, entry)) {
        return { kept: false, trouble: 'forbidden', entry };
      }
      const before = entries[key];
      const whole = merge(key, entry, before);
      see(whole);
      if (!before || canonical(before) !== canonical(whole)) {
        noted(key, before, whole);
        entries[key] = whole;
        changed();
      }
      return { kept: true, entry: copy(whole) };
    }

    function restore(of, learner, others) {
      for (const [key, entry] of Object.entries(others)) {
        if (entry) entries[key] = copy(entry);
        else delete entries[key];
      }
      changed();
      return true;
    }

    function heard(others) {
      for (const [key, entry] of known(entries, others)) {
        const before = entries[key];
        entries[key] = merge(key, entry, before);
        see(entries[key]);
        if (before && canonical(before) === canonical(entries[key])) continue;
        for (const action of watching) action(course, 'me', key, copy(entries[key]));
      }
    }

    /** @type {Shelf} */
    const shelf = {
      open: () => ({ learner: 'me', learners: [], entries: copy(entries), troubles: [], known: true }),
      put,
      restore,
      setAside: (of, learner, key) => restore(of, learner, { [key]: null }),
      choose: () => false,
      remove: () => restore('', '', Object.fromEntries(Object.keys(entries).map((key) => [key, null]))),
      // Of several pages, one at a time is there.
      watch: (action) => { watching.splice(0, watching.length, action); },
    };
    return { shelf, heard };
  }

  player.held = held;
}(globalThis.imlPlayer));
