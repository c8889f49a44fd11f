// needs: core/texts record/framed record/record record/shelf
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
     troubles() -> list              of 'forbidden', 'full', 'damaged', 'newer', 'alone', 'window'
     listen(action) -> function      action(key) when there is a new entry, from here or elsewhere;
                                     action(null) when the troubles changed; gives what takes the
                                     listener away again
   For the keys and entries see record.js.

   Behind it is a shelf, which keeps the entries of all learners of all courses: the browser's
   localStorage (shelf.js); on file:// a hidden frame, the same for all pages (framed.js). A host
   may bring a shelf of its own, also as imlHost of the window around the page (see scorm.js): an
   object with open, put, setAside, choose and remove, which give what those of shelf.js give or
   promises of it, and watch. What it may have besides: hold(course, learner, key, entry), which is
   told what is put before it was opened; late(action), which calls action when it can be asked
   after all. */
(function (player) {
  'use strict';
  const { FORMAT, canonical, merge, see } = player.record;
  const AGAIN = 15000; // how long what was not kept waits to be tried again, in milliseconds
  const PASSING = ['full', 'kernel']; // troubles that are over when all is kept
  const stores = new Map();

  function makeStore(shelf, course, wanted) {
    const entries = new Map();
    const troubles = new Set();
    const listeners = [];
    const unkept = new Set(); // keys of entries that no shelf has taken yet
    let newer = {};
    let opening = null;
    let opened = false;
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
      opening = opening || Promise.resolve(shelf.open(course, wanted)).then(function (found) {
        store.learner = found.learner || 'me';
        store.learners = found.learners || [];
        store.known = found.known !== false;
        newer = found.newer || {};
        for (const [key, entry] of Object.entries(found.entries || {})) {
          entries.set(key, merge(key, entries.get(key), entry));
          see(entry);
        }
        for (const kind of found.troubles || ['forbidden']) trouble(kind, true);
        opened = true;
        shelf.watch(heard);
        if (shelf.late) shelf.late(lookAgain);
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
      Promise.resolve(shelf.open(course, wanted)).then(function (found) {
        if (!wanted && found.learner && found.learner !== store.learner) {
          location.reload();
          return;
        }
        for (const [key, entry] of Object.entries(found.entries || {})) {
          heard(course, store.learner, key, entry);
        }
        store.learners = found.learners || [];
        newer = found.newer || {};
        for (const kind of ['alone', 'forbidden']) {
          trouble(kind, (found.troubles || []).includes(kind));
        }
        retry();
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
      const loaded = load();
      if (!opened && shelf.hold) shelf.hold(course, wanted, key, whole);
      return loaded.then(() => write(key, whole)).then(function (kept) {
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
      const store = makeStore(host ? host.shelf
        : (framed ? player.framed.shelf(frame) : player.shelf.local()), course, learner);
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

  player.store = { open: openStore, setMe, accountOf };
}(globalThis.imlPlayer));
