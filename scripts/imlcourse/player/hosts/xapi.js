// needs: core/texts core/values group/hash hosts/around hosts/held hosts/launch hosts/lrs hosts/outbox hosts/saying record/compact record/record
// texts: player.host.* player.host.away player.host.leave player.host.looking
//   player.host.no-record player.host.opening player.host.over player.host.refused player.host.unstored
//   player.hosted.*
/* The page around the course where a learning platform launches it with a record store: cmi5, or the
   launch of tincan.xml. The pages stand in a frame, as they are, and connect to nothing; this page
   alone may, since only the launch says where the store is.

   The learner's record is kept in the store as a document, in the signs of record/compact.js, so
   that a learner goes on at another computer; one document for all units of the course, where the
   platform allows it, else one for each. What has happened is told in statements: see saying.js for
   what is said, outbox.js for how it gets there. What is not there yet, document or statement, is
   kept in the browser until it is.

   imlLaunched says what the package holds: see products/packages/launched. */
(function (player) {
  'use strict';
  const SAVE = 3000; // milliseconds: some changes come together
  const FIRST = 2000;
  const LONGEST = 60000;
  const SHOW_AFTER = 2; // tries to reach the platform, after which the pages are shown anyway
  const LEAVING = 4000; // so long a learner who leaves waits for the last answers
  const CLOSING = 62000; // bytes that a page may send while it closes
  const ROOM = 48000; // signs of the record
  const LONGEST_LATENCY = 3600; // seconds; whoever was longer away did not think about it
  const LAUNCH_DATA = 'LMS.LaunchData';
  const RECORD = 'record';
  const NOTED = 'imlcourse/launched/';
  const { text, enumerated } = player.texts;
  const { course, kind, table, marks, units } = globalThis.imlLaunched;
  const { unit, start, files } = units[document.documentElement.dataset.unit || ''];
  const { say, show, hold, place } = player.around({ files, start });
  const way = /** @type {HTMLButtonElement} */ (document.querySelector('button'));
  const own = { fetch: (address, asked) => fetch(address, asked) };

  // --- what the browser keeps ---------------------------------------------------------------------

  /** Gives a storage of the browser, or null where it keeps nothing. */
  function storageNamed(name) {
    try {
      const storage = globalThis[name];
      storage.setItem(NOTED + 'try', '1');
      storage.removeItem(NOTED + 'try');
      return storage;
    } catch (error) {
      return null;
    }
  }

  const local = storageNamed('localStorage');
  const tab = storageNamed('sessionStorage');

  function noted(storage, key) {
    try {
      return storage ? JSON.parse(storage.getItem(key)) : null;
    } catch (error) {
      return null;
    }
  }

  /** Keeps something, or nothing any more; says whether it is kept. */
  function note(storage, key, value) {
    try {
      if (value === null) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(value));
      return true;
    } catch (error) {
      return false; // full, or none: it lives in this page alone
    }
  }

  // --- a launch -----------------------------------------------------------------------------------

  /** Gives the launch, also after the page was loaded anew. */
  function launched() {
    const key = NOTED + 'address/' + location.pathname;
    const here = location.search ? location.search : String(noted(tab, key) || '');
    const found = player.launch.read(here, location.origin, kind);
    if (found.launch && found.launch.auth && tab) {
      // A password does not stay in the address.
      note(tab, key, here);
      history.replaceState(null, '', location.pathname);
    }
    return found;
  }

  /** @param {Launch} launch */
  function begin(launch) {
    const name = player.hash.sha256([launch.endpoint, JSON.stringify(launch.actor), launch.registration]
      .join('\n')).slice(0, 32);
    const tokenKey = NOTED + 'token/' + player.hash.sha256(launch.fetch).slice(0, 32);
    const noteKey = NOTED + name + '/record/';
    /** @type {string[]} */
    const notes = []; // of earlier windows
    const ownNote = noteKey + Date.now() + Math.random().toString(36).slice(2);
    const activity = launch.activity || course.iri + (unit ? 'modules/' + unit : 'course');
    const agent = launch.actor;
    const begun = Date.now();
    /** @type {Record<string, Entry>} */
    const entries = {};
    /** @type {{places: Record<string, string>, told: Record<string, ToldOnce>}} */
    const beside = { places: {}, told: {} };
    /** @type {RecordStore | null} */
    let store = null;
    /** @type {LaunchData | null} */
    let data = null;
    let session = '';
    let asked = Date.now(); // since when the learner may have thought about an answer
    let over = false; // nothing more is told in this session
    let judged = false; // cmi5 takes one of passed and failed in a session
    let readOnly = false;
    let timer = 0;
    let tries = 0;
    let retry = 0;
    let isShown = false;
    let newer = false;
    let changes = 0; // so many, and so many of them are in the store
    let saved = 0;
    /** @type {Promise<void> | null} */
    let saving = null;
    let asking = false; // something would be lost with this window

    // --- statements

    /** @param {OutboxState} box */
    function changed(box) {
      const things = box.refused.map(({ statement }) =>
        statement.object.id.replace(course.iri, '') + ' (' + statement.verb.id.replace(/^.*\//, '') + ')');
      say('refused', things.length ? text('player.host.refused', { things: enumerated(things) }) : '');
      say('unstored', box.unstored ? text('player.host.unstored') : '');
      const away = box.waiting && (box.late || navigator.onLine === false);
      say('away', away ? text('player.host.away') : '');
      if (box.stopped && !over) end();
      asking = box.unstored > 0;
    }

    const box = player.outbox({
      storage: local, name, changed,
      now: () => Date.now(), random: () => Math.random(),
      later: (action, wait) => setTimeout(action, wait), never: (one) => clearTimeout(one),
      again: ({ statement }) => (data ? player.saying.again(statement, launch, data) : undefined),
    });

    /** The session is over: what comes is kept for the next one. */
    function end() {
      over = true;
      note(tab, tokenKey, { ended: true });
      say('over', text('player.host.over'));
    }

    function tell(statement) {
      box.add(statement, over ? '' : session);
    }

    const object = () => Object.assign({ objectType: 'Activity', id: activity }, kind === 'cmi5' ? {} : {
      definition: {
        type: 'http://adlnet.gov/expapi/activities/' + (unit ? 'module' : 'course'),
        name: { [course.language]: unit ? (course.modules.find((one) => one.id === unit) || course).title : course.title },
      },
    });

    function mastery() {
      const asks = data && data.masteryScore;
      return asks === undefined || asks === null || !Number.isFinite(Number(asks)) ? null : Number(asks);
    }

    /** Says something of the session, or of how the learner stands in what was launched. */
    function define(verb, of) {
      if (!data) return;
      // What happened before this session is told in it, and stands behind its beginning.
      const at = new Date(Math.max(Date.parse(of.at), begun)).toISOString();
      tell(player.saying.defined(verb, course, launch, data, Object.assign({}, of, {
        at, object: object(), mastery: mastery(),
      })));
    }

    const standing = () => player.saying.judged({
      get: (key) => entries[key] || null,
      keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
    }, course, unit, mastery(), marks);

    /** Tells what is reached, once. */
    function judge() {
      if (!data || over || readOnly) return;
      const { complete, passed } = standing();
      const told = beside.told[activity] || (beside.told[activity] = {});
      const now = new Date().toISOString();
      if (passed && !told.passed && !judged) {
        judged = true;
        told.passed = now;
        define('passed', passed);
      }
      if (complete && !told.completed) {
        told.completed = now;
        define('completed', { at: now, seconds: (Date.now() - begun) / 1000 });
      }
    }

    /** Tells at the end of a session that a test was failed, and not passed since. */
    function judgeAtEnd() {
      const told = beside.told[activity] || (beside.told[activity] = {});
      if (judged || told.passed) return;
      const known = told.failed || [];
      const failed = standing().failed.filter(({ key }) => !known.includes(key));
      if (!failed.length) return;
      judged = true;
      told.failed = known.concat(failed.map(({ key }) => key));
      define('failed', failed[failed.length - 1]);
    }

    // --- the record

    const forget = (keys) => keys.forEach((key) => note(local, key, null));

    function documentNow() {
      beside.places[activity] = place();
      return Object.assign({ v: 1, record: player.compact.encode(table, entries, ROOM).text }, beside);
    }

    /** Takes in what a document holds. */
    function take(held) {
      if (!player.values.isObject(held)) return {};
      const read = player.compact.decode(table, String(held.record || ''));
      if (read.error === 'newer') newer = true;
      if (read.error) say('record', text('player.host.' + read.error));
      for (const part of ['places', 'told']) {
        for (const [id, value] of Object.entries(held[part] || {})) {
          const there = beside[part][id];
          beside[part][id] = part === 'places' ? there || value : Object.assign({}, value, there, {
            failed: Array.from(new Set((value.failed || []).concat((there && there.failed) || []))),
          });
        }
      }
      return read.entries;
    }

    const { shelf, heard } = player.held(course.id, entries, function (key, before, entry) {
      if (readOnly) return;
      const now = Date.now();
      const latency = Math.min((now - asked) / 1000, LONGEST_LATENCY);
      for (const statement of player.saying.told(course, table, entries, key, entry, latency)) {
        tell(player.saying.named(player.saying.bound(statement, launch, over || !data ? {} : data)));
      }
      if (key.startsWith('item/')) asked = now;
    }, function () {
      if (readOnly) return;
      changes += 1;
      // What earlier windows have noted is in it.
      if (!newer && note(local, ownNote, documentNow())) forget(notes.splice(0));
      judge();
      later(SAVE);
    });

    function later(wait) {
      if (timer || !store || over || newer) return;
      timer = setTimeout(save, wait);
    }

    /** Where the record may be kept: with the course, or else with what was launched. */
    const places = [course.iri + 'course', activity].filter((one, at, all) => all.indexOf(one) === at)
      .map((id) => ({ id, etag: '', refused: false }));
    const askedFor = (id) => ({
      activityId: id, agent, stateId: RECORD, registration: launch.registration,
    });

    function home() {
      const found = places.find((one) => !one.refused);
      if (!found) say('record', text('player.host.no-record'));
      return found;
    }

    function fetchRecord(at) {
      return /** @type {RecordStore} */ (store).get('activities/state', askedFor(at.id)).then(function (answer) {
        if (answer.status === 200) {
          at.etag = answer.etag;
          heard(take(answer.held));
        } else if (answer.status >= 400 && ![401, 404, 408, 429].includes(answer.status) && answer.status < 500) {
          at.refused = true;
        }
        return answer.status;
      });
    }

    /**
     * Puts the record into the store, or waits for what is on its way there.
     * @returns {Promise<void>}
     */
    function save() {
      timer = 0;
      const at = home();
      if (saving) return saving;
      if (!store || over || newer || !at || saved === changes) return Promise.resolve();
      const by = store;
      const count = changes;
      // Without a mark of the document's version, what another computer has put is read first.
      saving = (at.etag ? Promise.resolve(200) : fetchRecord(at))
        .then(() => by.put('activities/state', askedFor(at.id), documentNow(), at.etag))
        .then(function (answer) {
          saving = null;
          if (answer.status === 200 || answer.status === 204) {
            saved = count;
            at.etag = answer.etag || '';
            if (changes === count) forget([ownNote, ...notes.splice(0)]);
          } else if (answer.status === 412) {
            return fetchRecord(at).then(() => { later(SAVE); });
          } else if (answer.status === 401) {
            end();
          } else if (answer.status >= 400 && answer.status < 500 && ![408, 429].includes(answer.status)) {
            at.refused = true;
            return save(); // at the next place
          }
          if (saved !== changes) later(Math.max(answer.wait, saved === count ? SAVE : SAVE * 4));
          return undefined;
        });
      return saving;
    }

    // --- the beginning

    function showPages() {
      if (isShown) return;
      isShown = true;
      const isModule = course.modules.some(({ id }) => id === unit);
      hold('player.hosted.', {
        course: course.id, shelf, module: isModule ? unit : '', test: isModule ? '' : unit,
      });
      show(beside.places[activity] || '', function () {
        asked = Date.now();
        if (!readOnly && place() !== beside.places[activity]) {
          changes += 1;
          later(SAVE);
        }
      });
    }

    /** Takes in what this browser has kept and the store has not. */
    function takeNotes() {
      for (const key of local ? Object.keys(local) : []) {
        if (!key.startsWith(noteKey)) continue;
        heard(take(noted(local, key)));
        notes.push(key);
        changes += 1;
      }
    }

    function token() {
      const known = noted(tab, tokenKey);
      if (kind !== 'cmi5') return Promise.resolve({ auth: launch.auth, over: false });
      if (known) return Promise.resolve({ auth: known.auth || '', over: Boolean(known.ended) });
      return player.lrs.token(own, launch.fetch).then(function ({ status, auth, code }) {
        if (auth) note(tab, tokenKey, { auth });
        return { auth, over: !auth && (Boolean(code) || (status >= 200 && status < 500 && status !== 429)) };
      });
    }

    /** Asks for what a launch needs; gives null to ask again, false where the session is over. */
    function ask() {
      return token().then(function (given) {
        if (given.over) return false;
        if (!given.auth && kind === 'cmi5') return null;
        const client = player.lrs.client(own, launch.endpoint, given.auth);
        store = client;
        const wanted = kind === 'cmi5' ? [
          client.get('activities/state', {
            activityId: activity, agent, stateId: LAUNCH_DATA, registration: launch.registration,
          }),
          // The platform expects to be asked, though the course has one language and no sound.
          client.get('agents/profile', { agent, profileId: 'cmi5LearnerPreferences' }),
        ] : [];
        return Promise.all([Promise.all(wanted), Promise.all(places.map(fetchRecord))])
          .then(function ([[first], found]) {
            if (found.includes(401)) return false;
            if (found.some((status) => status === 0 || status === 429 || status >= 500)) return null;
            if (!first) return {};
            if (first.status === 200 && first.held) return /** @type {LaunchData} */ (first.held);
            return first.status === 0 || first.status === 429 || first.status >= 500 ? null : false;
          });
      });
    }

    /** Begins the session: from here on things are told. */
    function open(found) {
      data = found;
      const mode = String(found.launchMode || 'Normal');
      readOnly = ['Browse', 'Review'].includes(mode);
      session = player.saying.sessionOf(found) || 'launched';
      const by = /** @type {RecordStore} */ (store);
      say('opening', '');
      say('away', '');
      if (readOnly) say('looking', text('player.host.looking'));
      if (agent.name && !entries.me) {
        heard({ me: Object.assign({ v: player.record.FORMAT, name: agent.name }, player.record.stamp()) });
      }
      if (found.returnURL && /^https?:/.test(found.returnURL)) {
        way.textContent = text('player.host.leave');
        way.hidden = false;
        way.addEventListener('click', () => goBack(found.returnURL));
      }
      define('initialized', { at: new Date(begun).toISOString() });
      box.open(session, by.send, (statement) => player.saying.bound(statement, launch, found));
      judge();
      if (changes) later(SAVE);
      showPages();
    }

    function connect() {
      clearTimeout(retry);
      ask().then(function (found) {
        if (found) open(found);
        else if (found === false) {
          say('opening', '');
          say('away', '');
          end();
          showPages();
        } else {
          tries += 1;
          if (tries >= SHOW_AFTER) {
            say('opening', '');
            say('away', text('player.host.away'));
            showPages();
          }
          retry = setTimeout(connect, Math.min(LONGEST, FIRST * 2 ** (tries - 1)));
        }
      });
    }

    // --- the end

    /** Says the last words of the session; nothing is told in it after them. */
    function lastWords() {
      if (!data || over) return;
      if (!readOnly) judgeAtEnd();
      define('terminated', { at: new Date().toISOString(), seconds: (Date.now() - begun) / 1000 });
      over = true;
      note(tab, tokenKey, { ended: true });
    }

    /** Puts what is left on its way while the page closes. */
    function leave() {
      clearTimeout(timer);
      clearTimeout(retry);
      lastWords();
      let room = CLOSING;
      const at = home();
      if (store && data && !readOnly && !newer && at && saved !== changes) {
        const held = documentNow();
        note(local, ownNote, held); // no answer to it is heard
        room -= JSON.stringify(held).length;
        store.put('activities/state', askedFor(at.id), held, at.etag, true);
      }
      box.close(room);
    }

    /**
     * Leaves by the button: waits for what is on its way, and for what was to go after it, and goes
     * back to the platform.
     */
    function goBack(to) {
      way.disabled = true;
      clearTimeout(timer);
      const late = new Promise((resolve) => { setTimeout(resolve, LEAVING); });
      Promise.race([readOnly ? Promise.resolve() : save().then(save), late]).then(function () {
        lastWords();
        return Promise.race([box.flush(), late]);
      }).then(() => { location.assign(to); });
    }

    addEventListener('pagehide', leave);
    // Who comes back to it by the browser's button needs a new session.
    addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
    addEventListener('online', function () {
      if (data) box.hurry();
      else if (!over) connect();
      clearTimeout(timer);
      save();
    });
    addEventListener('beforeunload', function (event) {
      if (asking) event.preventDefault();
    });
    document.addEventListener('visibilitychange', function () {
      if (!document.hidden) return;
      save();
      box.flush();
    });
    say('opening', text('player.host.opening'));
    takeNotes();
    connect();
  }

  const { launch, trouble } = launched();
  if (launch) begin(launch);
  else {
    say('alone', text('player.host.' + (trouble || 'alone')));
    show('', () => undefined);
  }
}(globalThis.imlPlayer));
