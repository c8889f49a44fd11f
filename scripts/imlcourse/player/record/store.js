// needs: core/texts core/values record/record
// later: hosts/onefile
/* Where a learner's record is kept: in this browser only.

   A store is what quizzes and pages work with: any object with
     load() -> Promise               ready to be asked; never fails
     get(key) -> entry|null          at once, from what load brought
     keys(prefix) -> list            the keys that begin so
     put(key, entry) -> Promise of true if it is kept, false if it lives in the page alone
     setAside(key)                   the entry makes no sense: out of the way, but not lost
     putFor(learner, key, entry)     the same, into the record of another learner
     restore(entries) -> Promise     puts entries in place of what is there; takes away what is null
     newer() -> object               entries in a newer format, by key: kept and not understood
     troubles() -> list              of 'forbidden', 'full', 'damaged', 'newer', 'alone',
                                     'window'
     listen(action) -> function      action(key) when there is a new entry, from here or elsewhere;
                                     action(null) when the troubles changed; gives what takes the
                                     listener away again
   For the keys and entries see record.js.

   Behind it is a shelf, which keeps the entries of all learners of all courses. The usual one is
   the browser's localStorage. On file:// some browsers have one such storage for each file, so
   there a hidden frame, the same for all pages, holds the shelf (see frame.js). A host may bring
   a shelf of its own, also as imlHost of the window around the page (see scorm.js): an object with open, put, setAside, choose and remove, which give promises
   of what localShelf's give, and watch. */
(function (player) {
  'use strict';
  const { FORMAT, canonical, isValid, isNewer, merge, see } = player.record;
  const PREFIX = 'imlcourse/' + FORMAT + '/';
  const FRAME_WAIT = 5000;
  const AGAIN = 15000; // how long what was not kept waits to be tried again, in milliseconds
  const PASSING = ['full', 'kernel']; // troubles that are over when all is kept
  const stores = new Map();

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

  /** The shelf of this window's localStorage. What it does, it does at once. */
  function localShelf() {
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

    function open(course, wanted) {
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
          mend(base);
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
        const raw = storage.getItem(base + key);
        if (raw !== null) setAsideIn(base, key, raw);
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

    /** Removes all that is kept of a learner. */
    function remove(course, learner) {
      const base = baseOf(course, learner);
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

    /** Notes an entry that is on its way to another shelf, so that it is not lost with the page. */
    function note(course, learner, key, entry) {
      try {
        storage.setItem(baseOf(course, learner) + 'writing/' + key, JSON.stringify(entry));
      } catch (error) { /* then it is safe only when the other shelf says so */ }
    }

    function forget(course, learner, key) {
      try {
        storage.removeItem(baseOf(course, learner) + 'writing/' + key);
      } catch (error) { /* nothing was noted either */ }
    }

    /** Gives what was noted and not forgotten. */
    function noted(course, learner) {
      const entries = {};
      try {
        const base = baseOf(course, learner) + 'writing/';
        for (const key of keysUnder(base)) {
          const entry = parse(storage.getItem(base + key));
          if (isValid(key, entry)) entries[key] = entry;
        }
      } catch (error) { /* nothing can be read */ }
      return entries;
    }

    return { open, put, restore, setAside, choose, remove, watch, note, forget, noted };
  }

  /** The shelf of a hidden frame, which all local pages share; see frame.js. */
  function frameShelf(address) {
    const local = localShelf();
    const waiting = new Map();
    const watching = [];
    let asked = 0;
    /** @type {any} */
    const frame = document.createElement('iframe');
    let answered;
    const ready = new Promise(function (resolve) {
      answered = resolve;
      setTimeout(() => resolve(false), FRAME_WAIT);
    });

    globalThis.addEventListener('message', function (event) {
      // Only the frame itself is listened to, whatever else sends.
      if (event.source !== frame.contentWindow || !player.values.isObject(event.data)) return;
      const { imlStore, number, value, told } = event.data;
      if (imlStore === 'ready') answered(true);
      else if (imlStore === 'answer' && waiting.has(number)) {
        waiting.get(number)(value);
        waiting.delete(number);
      } else if (imlStore === 'told' && Array.isArray(told)) {
        for (const action of watching) action(...told);
      }
    });
    frame.hidden = true;
    frame.title = 'store';
    frame.tabIndex = -1;
    frame.setAttribute('aria-hidden', 'true');
    frame.src = address;
    document.body.append(frame);

    function ask(call, args) {
      return ready.then(function (there) {
        if (!there) {
          const value = local[call](...args);
          // Without the frame, some browsers keep each page's answers for that page alone.
          if (call === 'open') value.troubles.push('alone');
          return value;
        }
        asked += 1;
        const number = asked;
        return new Promise(function (resolve) {
          waiting.set(number, resolve);
          setTimeout(() => resolve(
            { kept: false, trouble: 'forbidden', entry: args[3] }), FRAME_WAIT);
          // A local page has no origin that could be named; the frame checks who asks.
          frame.contentWindow.postMessage({ imlStore: 'ask', number, call, args }, '*');
        });
      });
    }

    /** Puts an entry, and notes it here until the frame has it: the page may be left before. */
    function put(course, learner, key, entry) {
      local.note(course, learner, key, entry);
      return ask('put', [course, learner, key, entry]).then(function (answer) {
        if (answer.kept) local.forget(course, learner, key);
        return answer;
      });
    }

    function open(course, wanted) {
      return ask('open', [course, wanted]).then(function (opened) {
        for (const [key, entry] of Object.entries(local.noted(course, opened.learner))) {
          opened.entries[key] = merge(key, entry, opened.entries[key]);
          put(course, opened.learner, key, opened.entries[key]);
        }
        return opened;
      });
    }

    const shelf = { open, put, watch: (action) => watching.push(action) };
    for (const call of ['restore', 'setAside', 'choose', 'remove']) {
      shelf[call] = (...args) => ask(call, args);
    }
    return shelf;
  }

  function makeStore(shelf, course, wanted) {
    const entries = new Map();
    const troubles = new Set();
    const listeners = [];
    const unkept = new Set(); // keys of entries that no shelf has taken yet
    let newer = {};
    let opening = null;
    let trying = false;
    let changed = false; // another learner was chosen, here or in another window
    let timer = 0;
    const store = {
      course, learner: wanted || null, learners: [], known: true,
      load, get, put, putFor, restore, setAside, choose, remove,
      keys: (prefix) => Array.from(entries.keys()).filter((key) => key.startsWith(prefix)),
      newer: () => Object.assign({}, newer),
      troubles: () => Array.from(troubles),
      listen,
    };

    /** Calls action when there is a new entry; gives what takes it away again. */
    function listen(action) {
      listeners.push(action);
      return function () {
        const at = listeners.indexOf(action);
        if (at >= 0) listeners.splice(at, 1);
      };
    }

    function tell(key) {
      for (const action of listeners.slice()) action(key);
    }

    function trouble(kind, there) {
      if (!kind || troubles.has(kind) === there) return;
      if (there) troubles.add(kind);
      else troubles.delete(kind);
      tell(null);
    }

    function load() {
      opening = opening || Promise.resolve(shelf.open(course, wanted)).then(function (opened) {
        store.learner = opened.learner || 'me';
        store.learners = opened.learners || [];
        store.known = opened.known !== false;
        newer = opened.newer || {};
        for (const [key, entry] of Object.entries(opened.entries || {})) {
          entries.set(key, merge(key, entries.get(key), entry));
          see(entry);
        }
        for (const kind of opened.troubles || ['forbidden']) trouble(kind, true);
        shelf.watch(heard);
        followThePage();
      });
      return opening;
    }

    /** Sees to the record when the page is left, and when it comes back. */
    function followThePage() {
      if (!globalThis.addEventListener || !globalThis.document) return;
      globalThis.addEventListener('pagehide', retry);
      // A page that comes back by the browser's button stands as it was left: what was written
      // since, and by whom, it has not heard.
      globalThis.addEventListener('pageshow', (event) => { if (event.persisted) lookAgain(); });
      document.addEventListener('visibilitychange', function () {
        if (document.hidden) retry();
        else if (changed) location.reload();
      });
    }

    function lookAgain() {
      Promise.resolve(shelf.open(course, wanted)).then(function (opened) {
        if (!wanted && opened.learner && opened.learner !== store.learner) {
          location.reload();
          return;
        }
        for (const [key, entry] of Object.entries(opened.entries || {})) {
          heard(course, store.learner, key, entry);
        }
      });
    }

    /** Another window has written, or removed. */
    function heard(ofCourse, ofLearner, key, entry) {
      if (ofCourse === course && key === 'current') {
        changed = !wanted && ofLearner !== store.learner;
        return;
      }
      if (ofCourse !== course || ofLearner !== store.learner) return;
      if (entry === null) {
        entries.delete(key);
        tell(key);
        return;
      }
      const merged = merge(key, entries.get(key), entry);
      entries.set(key, merged);
      see(entry);
      // It may have written over what this page had just written.
      if (canonical(merged) !== canonical(entry)) shelf.put(course, store.learner, key, merged);
      tell(key);
    }

    function get(key) {
      return entries.get(key) || null;
    }

    function put(key, entry) {
      const whole = merge(key, entry, entries.get(key));
      entries.set(key, whole);
      see(entry);
      tell(key);
      return load().then(() => write(key, whole)).then(function (kept) {
        if (kept) retry(); // where there is room for one, there may be for others
        return kept;
      });
    }

    /** Gives an entry to the shelf; what it does not take is tried again. */
    function write(key, whole) {
      return Promise.resolve(shelf.put(course, store.learner, key, entries.get(key) || whole))
        .then(function (answer) {
          const before = entries.get(key);
          entries.set(key, merge(key, answer.entry, before));
          see(entries.get(key));
          if (answer.kept) unkept.delete(key);
          else {
            unkept.add(key);
            trouble(answer.trouble, true);
            tryLater();
          }
          if (!unkept.size) PASSING.forEach((kind) => trouble(kind, false));
          if (canonical(entries.get(key)) !== canonical(before)) tell(key);
          return Boolean(answer.kept);
        });
    }

    function tryLater() {
      clearTimeout(timer);
      timer = setTimeout(retry, AGAIN);
    }

    /** Tries again to keep what was not kept, until the first that still is not. */
    function retry() {
      if (trying || !unkept.size) return;
      trying = true;
      const [...left] = unkept;
      (function next() {
        const key = left.shift();
        if (key === undefined || !entries.has(key)) {
          trying = false;
          return;
        }
        write(key, entries.get(key)).then((kept) => { if (kept) next(); else trying = false; });
      }());
    }

    /** Puts an entry into the record of another learner. */
    function putFor(learner, key, entry) {
      return Promise.resolve(shelf.put(course, learner, key, entry))
        .then((answer) => Boolean(answer.kept));
    }

    /** Puts entries in place of what is there, or takes away what is null. */
    function restore(changed) {
      for (const [key, entry] of Object.entries(changed)) {
        if (entry) entries.set(key, entry);
        else entries.delete(key);
        unkept.delete(key);
      }
      return Promise.resolve(/** @type {any} */ (shelf).restore(course, store.learner, changed))
        .then(function (kept) {
          Object.keys(changed).forEach(tell);
          return Boolean(kept);
        });
    }

    function setAside(key) {
      entries.delete(key);
      trouble('damaged', true);
      shelf.setAside(course, store.learner, key);
    }

    function choose(learner) {
      return Promise.resolve(shelf.choose(course, learner));
    }

    function remove() {
      return Promise.resolve(shelf.remove(course, store.learner)).then(function (gone) {
        entries.clear();
        unkept.clear();
        return gone;
      });
    }

    return store;
  }

  /** Gives what the page around this one brings for the course: a shelf and texts; see hosts/around.js. */
  function hostOf(course) {
    try {
      const around = /** @type {any} */ (globalThis.parent || globalThis);
      const host = around !== globalThis && around.imlHost;
      return host && host.course === course ? host : null;
    } catch (error) {
      return null; // the page around is of another site
    }
  }

  /**
   * Gives the store of a course and a learner; the same one whenever asked.
   * @param {object} options   course; learner, else the one chosen in this browser; shelf; frame,
   *                           the address of the page that holds the shelf on file://
   */
  function openStore(options) {
    const { course = 'course', learner = '', shelf, frame } = options || {};
    if (shelf) return makeStore(shelf, course, learner);
    const name = course + '\n' + learner;
    if (!stores.has(name)) {
      const host = hostOf(course);
      const framed = frame && !player.file && globalThis.location && location.protocol === 'file:';
      const store = makeStore(host ? host.shelf : (framed ? frameShelf(frame) : localShelf()), course, learner);
      store.hosted = Boolean(host);
      if (host) player.texts.hosted = host.texts;
      // Beside the frame's page stand the other files of the book.
      if (frame) store.files = frame.replace(/[^/]*$/, '');
      stores.set(name, store);
    }
    return stores.get(name);
  }

  /** Changes the learner's own entry. */
  function setMe(store, changes) {
    // What is not named here, the store takes over from the entry that is there.
    return store.put('me', Object.assign({ v: FORMAT }, changes, player.record.stamp()));
  }

  /** Gives what names the learner's record and no other; makes it, if there is none yet. */
  function accountOf(store) {
    const me = store.get('me') || {};
    if (me.account) return me.account;
    const account = Array.from(crypto.getRandomValues(new Uint8Array(12)),
      (byte) => byte.toString(16).padStart(2, '0')).join('');
    setMe(store, { account });
    return account;
  }

  player.store = { open: openStore, localShelf, setMe, accountOf };
}(globalThis.imlPlayer));
