// needs: core/values record/record
// later: hosts/onefile
/* What keeps the entries of all learners of all courses in this browser: its localStorage. What it
   does, it does at once; see store.js for who works with it, and record.js for keys and entries.
     open(course, wanted) -> {learner, learners, entries, newer, troubles, known, removed}
                              removed: when the records of learners were removed, by id; with a
                              third argument, what was cut off is left as it is
     put(course, learner, key, entry) -> {kept, trouble, entry}
     restore, setAside, choose, remove   see store.js
     watch(action)            action(course, learner, key, entry or null) when another window writes
     note, forget, notes      what is on its way to another shelf; see framed.js
     chosen(course)           whose record is opened when none is named; null if nobody said
     heard(course, learner)   whom another shelf named last, which may be told */
(function (player) {
  'use strict';
  const { FORMAT, canonical, isValid, isNewer, merge } = player.record;
  const { isObject } = player.values;
  const PREFIX = 'imlcourse/' + FORMAT + '/';

  /** Gives what keeps the record for as long as the window is open; null but for one file. */
  function lent() {
    return player.file ? player.file.lent : null;
  }

  /** Gives the browser's own storage, or null where it is not to be had. */
  function browserStorage() {
    try {
      return globalThis.localStorage || lent(); // asking may throw already
    } catch (error) {
      return lent();
    }
  }

  /** Names the trouble behind an error; browsers do so differently. */
  function troubleOf(error) {
    return /quota/i.test(String(error && error.name)) ? 'full' : 'forbidden';
  }

  function parse(raw) {
    try {
      return JSON.parse(raw);
    } catch (error) {
      return undefined; // as bad as JSON that is no entry
    }
  }

  /** Gives what a part of a key stands for; nothing if it was not written by a shelf. */
  function decoded(part) {
    try {
      return decodeURIComponent(part);
    } catch (error) {
      return '';
    }
  }

  /** Gives the shelf of this window's localStorage. */
  function local() {
    /** @type {any} there, wherever it is used: open and put look first */
    const storage = browserStorage();

    function courseOf(course) {
      return PREFIX + encodeURIComponent(course) + '/';
    }

    function baseOf(course, learner) {
      return courseOf(course) + encodeURIComponent(learner) + '/';
    }

    function keysUnder(base) {
      const keys = [];
      for (let at = 0; at < storage.length; at += 1) {
        const key = storage.key(at);
        if (key.startsWith(base)) keys.push(key.slice(base.length));
      }
      return keys;
    }

    function setAsideIn(base, key, raw) {
      storage.setItem(base + 'aside/' + key + '/' + new Date().toISOString(), raw);
      storage.removeItem(base + key);
    }

    /** Writes so that a write which is cut off can be made good (see mend). */
    function write(base, key, raw) {
      try {
        storage.setItem(base + 'writing/' + key, raw);
      } catch (error) { /* no room for both: the entry itself may still fit */ }
      storage.setItem(base + key, raw);
      const kept = storage.getItem(base + key) === raw;
      storage.removeItem(base + 'writing/' + key);
      if (!kept) throw new Error('not written');
    }

    /** Finishes what a write that was cut off had begun. */
    function mend(base) {
      for (const name of keysUnder(base + 'writing/')) {
        const entry = parse(storage.getItem(base + 'writing/' + name));
        const there = parse(storage.getItem(base + name));
        if (isNewer(entry)) continue;
        if (isValid(name, entry) && !isNewer(there)) {
          const whole = isValid(name, there) ? merge(name, entry, there) : entry;
          storage.setItem(base + name, JSON.stringify(whole));
        }
        storage.removeItem(base + 'writing/' + name);
      }
    }

    function learnersOf(course) {
      const found = new Map();
      for (const key of keysUnder(courseOf(course))) {
        const [learner, kind] = key.split('/').map(decoded);
        if (!learner || !kind || kind === 'aside' || kind === 'writing') continue;
        const me = kind === 'me' ? parse(storage.getItem(courseOf(course) + key)) : null;
        const name = me && typeof me.name === 'string' ? me.name : '';
        if (name || !found.has(learner)) found.set(learner, { id: learner, name });
      }
      return Array.from(found.values());
    }

    function open(course, wanted, leave) {
      /** @type {Record<string, unknown>} */
      const newer = {};
      /** @type {Opened} */
      const opened = {
        learner: wanted || 'me', learners: [], entries: {}, newer, troubles: [],
      };
      if (!storage) return Object.assign(opened, { troubles: ['forbidden'] });
      const troubles = new Set(lent() ? ['window'] : []);
      try {
        opened.learner = wanted || storage.getItem(courseOf(course) + 'current') || 'me';
        const base = baseOf(course, opened.learner);
        try {
          storage.setItem(base + 'try', '1');
          storage.removeItem(base + 'try');
          if (!leave) mend(base);
        } catch (error) {
          troubles.add(troubleOf(error));
        }
        for (const key of keysUnder(base)) {
          if (/^(aside|writing)\/|^try$/.test(key)) continue;
          const raw = storage.getItem(base + key);
          const entry = parse(raw);
          if (isValid(key, entry)) opened.entries[key] = entry;
          else if (isNewer(entry)) {
            troubles.add('newer');
            newer[key] = entry;
          } else {
            troubles.add('damaged');
            try {
              setAsideIn(base, key, raw);
            } catch (error) { /* no room: it stays where it is, and is refused again */ }
          }
        }
        opened.learners = learnersOf(course);
        opened.known = here(course) === opened.learner;
        opened.removed = removals(course);
      } catch (error) {
        troubles.add(troubleOf(error));
      }
      return Object.assign(opened, { troubles: Array.from(troubles) });
    }

    function put(course, learner, key, entry) {
      if (!storage) return { kept: false, trouble: 'forbidden', entry };
      const base = baseOf(course, learner);
      try {
        // Another page may have written since this one read.
        const raw = storage.getItem(base + key);
        const there = raw === null ? null : parse(raw);
        if (isNewer(there)) return { kept: false, trouble: 'newer', entry };
        if (raw !== null && !isValid(key, there)) setAsideIn(base, key, raw);
        const merged = isValid(key, there) ? merge(key, entry, there) : entry;
        if (raw === null || canonical(merged) !== canonical(there)) {
          write(base, key, JSON.stringify(merged));
        }
        return { kept: true, entry: merged };
      } catch (error) {
        return { kept: false, trouble: troubleOf(error), entry };
      }
    }

    /** Puts entries in place of what is there, or takes away what is null; nothing is merged. */
    function restore(course, learner, changed) {
      const base = baseOf(course, learner);
      try {
        for (const [key, entry] of Object.entries(changed)) {
          // Other windows forget what they know of it first, or they would bring it back.
          storage.removeItem(base + key);
          if (entry) write(base, key, JSON.stringify(entry));
        }
        return true;
      } catch (error) {
        return false;
      }
    }

    function setAside(course, learner, key) {
      const base = baseOf(course, learner);
      try {
        for (const name of [key, 'writing/' + key]) {
          const raw = storage.getItem(base + name);
          if (raw !== null) setAsideIn(base, key, raw);
          storage.removeItem(base + name);
        }
      } catch (error) { /* then it stays where it is, and is refused again */ }
    }

    /** Gives the learner who was said to be here, since the browser was opened. */
    function here(course) {
      try {
        return sessionStorage.getItem(courseOf(course) + 'current');
      } catch (error) {
        return null;
      }
    }

    function chosen(course) {
      try {
        return storage.getItem(courseOf(course) + 'current');
      } catch (error) {
        return null;
      }
    }

    /** Makes a learner the one whose record is opened when none is named. */
    function choose(course, learner) {
      try {
        storage.setItem(courseOf(course) + 'current', learner);
        sessionStorage.setItem(courseOf(course) + 'current', learner);
        return true;
      } catch (error) {
        return false;
      }
    }

    function removals(course) {
      const removed = parse(storage.getItem(courseOf(course) + 'removed'));
      return isObject(removed) ? removed : {};
    }

    /** Removes all that is kept of a learner. */
    function remove(course, learner) {
      const base = baseOf(course, learner);
      try {
        // What was written before, and comes from elsewhere later, is of the record that is gone.
        storage.setItem(courseOf(course) + 'removed', JSON.stringify(
          Object.assign(removals(course), { [learner]: new Date().toISOString() })));
      } catch (error) { /* full, say: to remove is what counts */ }
      try {
        for (const key of keysUnder(base)) storage.removeItem(base + key);
        if (storage.getItem(courseOf(course) + 'current') === learner) {
          storage.removeItem(courseOf(course) + 'current');
          const [other] = learnersOf(course);
          if (other) storage.setItem(courseOf(course) + 'current', other.id);
        }
        return keysUnder(base).length === 0;
      } catch (error) {
        return false;
      }
    }

    /** Calls action(course, learner, key, entry or null) when another window has written. */
    function watch(action) {
      globalThis.addEventListener('storage', function (event) {
        if (!event.key || !event.key.startsWith(PREFIX)) return;
        const [course, learner, ...rest] = event.key.slice(PREFIX.length).split('/');
        if (learner === 'current' && !rest.length) {
          action(decoded(course), event.newValue || 'me', 'current', null);
        }
        if (!rest.length || /^(aside|writing|try)$/.test(rest[0])) return;
        const key = rest.join('/');
        const entry = event.newValue === null ? null : parse(event.newValue);
        if (entry !== null && !isValid(key, entry)) return;
        action(decoded(course), decoded(learner), key, entry);
      });
    }

    /**
     * Notes an entry that is on its way to another shelf, with what is noted of it already.
     * @returns {[string|null, string]} the text of the note, or null and why there is none
     */
    function note(course, learner, key, entry) {
      try {
        const at = baseOf(course, learner) + 'writing/' + key;
        const there = parse(storage.getItem(at));
        if (isNewer(there)) return [null, 'newer'];
        const raw = JSON.stringify(isValid(key, there) ? merge(key, entry, there) : entry);
        storage.setItem(at, raw);
        return [raw, ''];
      } catch (error) {
        return [null, troubleOf(error)];
      }
    }

    /** Forgets a note; if its text is given, only where it is still the same. */
    function forget(course, learner, key, raw) {
      try {
        const at = baseOf(course, learner) + 'writing/' + key;
        if (raw === undefined || storage.getItem(at) === raw) storage.removeItem(at);
      } catch (error) { /* nothing was noted either */ }
    }

    /** Gives what was noted and not forgotten: [learner, key, entry]; null for what is no entry. */
    function notes(course) {
      try {
        return keysUnder(courseOf(course)).flatMap(function (name) {
          const [, learner, key] = /^([^/]*)\/writing\/(.+)$/.exec(name) || [];
          if (!key) return [];
          const entry = parse(storage.getItem(courseOf(course) + name));
          return [[decoded(learner), key, isValid(key, entry) ? entry : null]];
        });
      } catch (error) {
        return []; // nothing can be read
      }
    }

    function heard(course, learner) {
      try {
        const at = courseOf(course) + 'heard';
        if (learner) {
          storage.setItem(at, learner);
          // Somebody was chosen here while the other shelf was not there to be told.
          if (chosen(course) !== learner) storage.removeItem(courseOf(course) + 'current');
        }
        return storage.getItem(at);
      } catch (error) {
        return null;
      }
    }

    return {
      open, put, restore, setAside, chosen, choose, remove, watch, note, forget, notes, heard,
    };
  }

  player.shelf = { local };
}(globalThis.imlPlayer));
