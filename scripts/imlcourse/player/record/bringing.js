// needs: core/values record/record
/* A record that comes in from a file: whose it may be, and how to take it out again. Nothing here
   touches the page or the store.

   What came in is kept beside the record, under undo/<n>: {v, at, kind: into or beside, file: its
   name, count: of entries, before: what stood under each key, or null, brought: what came in,
   from: the learner who opened it beside}. It is not exported. */
(function (player) {
  'use strict';
  const { FORMAT, canonical, isValid, merge } = player.record;
  const { isObject } = player.values;
  const OWN = ['me', 'undo'];
  // Entries of which each part was written for itself; of all others, what was done since is one
  // with what came in.
  const PARTED = ['me', 'promise', 'read', 'work'];

  /** Says whether a key is one of what a learner has done. */
  function isWork(key) {
    return !OWN.includes(key.split('/')[0]);
  }

  /**
   * Tells what may be done with a record from a file. A record without a name goes into no other:
   * nobody could tell whether it is the same person's.
   * @param {{me: any, keys: string[]}} mine  the record that is open
   * @param {{entries: Record<string, Entry>, names: string[]}} found
   * @returns {{mine: string, theirs: string[], count: number, empty: boolean, same: boolean,
   *   into: boolean}} empty: nothing was done in the open record; same: it is the same learner's;
   *   into: it may go into the open record
   */
  function offer(mine, found) {
    const me = mine.me || {};
    const theirs = found.entries.me || {};
    const name = (me.name || '').trim();
    const empty = !name && !mine.keys.some(isWork);
    const account = Boolean(me.account && me.account === theirs.account);
    const one = found.names.length === 1;
    return {
      mine: name, theirs: found.names, count: Object.keys(found.entries).length, empty,
      same: account || Boolean(name && one && found.names[0] === name),
      into: empty || account || Boolean(name && one),
    };
  }

  /**
   * Makes what undoes that some entries are brought into a record.
   * @param {(key: string) => Entry | null} get  gives what stands there before
   * @param {Record<string, Entry>} brought
   * @param {string} file  its name
   */
  function noted(get, brought, file) {
    const before = Object.fromEntries(Object.keys(brought).map((key) => [key, get(key)]));
    return Object.assign({
      v: FORMAT, kind: 'into', file, count: Object.keys(brought).length, before, brought,
    }, player.record.stamp());
  }

  /** Takes out of a value what came in, and leaves what was changed since. */
  function without(now, after, before) {
    if (canonical(now) === canonical(after)) return before;
    if (!isObject(now) || !isObject(after)) return now;
    const old = isObject(before) ? before : {};
    const left = {};
    for (const name of Object.keys(now)) {
      const value = without(now[name], after[name], old[name]);
      if (value !== undefined && value !== null) left[name] = value;
      else if (now[name] === null || name === 'v') left[name] = now[name];
    }
    return left;
  }

  /**
   * Gives what is to stand in a record once a bringing-in is undone. What the learner did since
   * stays; where the two cannot be told apart, all of it stays.
   * @param {any} note  as noted gives it
   * @param {(key: string) => Entry | null} get  gives what stands there now
   * @returns {Record<string, Entry | null>} null for what is to go
   */
  function undone(note, get) {
    const changed = {};
    for (const key of Object.keys(note.brought)) {
      const now = get(key);
      const before = note.before[key] || null;
      if (!now) continue;
      const after = merge(key, note.brought[key], before);
      const parted = PARTED.includes(key.split('/')[0]);
      const left = parted || canonical(now) === canonical(after) ? without(now, after, before) : now;
      const whole = left === null || isValid(key, left) ? left : now;
      if (canonical(whole) !== canonical(now)) changed[key] = whole;
    }
    return changed;
  }

  player.bringing = { offer, noted, undone, isWork };
}(globalThis.imlPlayer));
