// needs: core/texts hosts/around hosts/held hosts/platform hosts/reported record/compact record/record
// texts: player.host.* player.host.alone player.host.dropped player.host.dropped.*
//   player.host.looking player.host.not-kept player.hosted.*
/* The page around the course where a learning platform shows it. The pages stand in a frame, as
   they are; this page stays while the learner goes from one to the other, and holds the session
   with the platform and the learner's record. The record is read from the platform at the start,
   given to the pages as their shelf (see store.js), and written back after each change, and when
   the page is left. Nothing of it is kept in the browser, so that nobody who comes after finds it.

   Where no platform answers, the pages keep the record as they do anywhere, and it is said that
   nothing is reported. imlScorm says what the package holds: see products/packages/scorm. */
(function (player) {
  'use strict';
  const LATER = 1000; // milliseconds: some changes come together
  const AGAIN = 8000; // until what was refused is tried again
  const LONGEST_LATENCY = 3600; // seconds; whoever was longer away did not think about it
  const { text, enumerated } = player.texts;
  const { see } = player.record;
  const { course, module, table, files, dialect, start } = globalThis.imlScorm;
  const begun = Date.now();
  const { say, show, hold, place } = player.around({ files, start });
  let entries = {};
  let newer = false; // the platform's record is of a newer format, and stays as it is

  // --- a session --------------------------------------------------------------------------------

  /**
   * Begins a session: gives the shelf, and what reports.
   * @param {Platform} session
   */
  function host(session) {
    const { dialect: own } = session;
    /** @type {Told[]} */
    let waiting = []; // answers that the platform has not taken yet
    let asked = Date.now(); // since when the learner may have thought about an answer
    let timer = 0;
    let interactions = Number(session.get('cmi.interactions._count')) || 0;
    let left = false;
    const objectives = new Map(); // place by id
    let listed = -1; // how many the platform has
    const readOnly = ['review', 'browse'].includes(session.get(own.mode));

    const store = {
      get: (key) => entries[key] || null,
      keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
    };

    function later(wait = LATER) {
      clearTimeout(timer);
      timer = setTimeout(report, wait);
    }

    /** Notes an answer, to be told. */
    function noted(key, before, entry) {
      const id = key.slice('item/'.length);
      const item = Object.hasOwn(table.items, id) ? table.items[id] : null;
      const known = before && before.item === entry.item && before.tries >= entry.tries;
      if (!key.startsWith('item/') || !item || item[0] !== entry.item || known) return;
      const now = Date.now();
      waiting.push({
        id, type: item[1], ids: item[2], objective: item[3], key: item[4],
        response: entry.response, points: entry.points, time: entry.at,
        latency: Math.min((now - asked) / 1000, LONGEST_LATENCY),
      });
      asked = now;
    }

    function tellObjectives(all) {
      if (listed < 0) {
        listed = Number(session.get('cmi.objectives._count')) || 0;
        for (let at = 0; at < listed; at += 1) objectives.set(session.get('cmi.objectives.' + at + '.id'), at);
      }
      for (const one of all) {
        if (one.completion === 'not attempted' && one.points === null) continue;
        const at = objectives.has(one.id) ? objectives.get(one.id) : listed;
        const path = 'cmi.objectives.' + at + '.';
        if (at === listed) {
          if (!session.set(path + 'id', one.id)) return; // it takes no more, or none
          objectives.set(one.id, at);
          listed += 1;
        }
        for (const [part, value] of own.objective(one)) session.set(path + part, value);
      }
    }

    function tellAnswers() {
      for (const one of waiting) {
        const path = 'cmi.interactions.' + interactions + '.';
        const [[name, id], ...values] = own.interaction(one);
        // A value that this platform will not have is left out: no answer may hold up the others.
        if (!session.set(path + name, id)) continue;
        for (const [part, value] of values) session.set(path + part, value);
        interactions += 1;
      }
      waiting = [];
    }

    /** Tells the platform how the learner stands; says whether it has taken all that matters. */
    function report() {
      clearTimeout(timer);
      if (readOnly || left) return;
      const { text: record, dropped } = player.compact.encode(table, entries, own.room);
      const reported = player.reported.reportedOf(store, course, module, table);
      const values = own.values(reported);
      if (!newer) values.push([own.record, record]);
      values.push([own.place, place().slice(0, own.placeRoom)], [own.exit, 'suspend'],
        [own.time, own.span((Date.now() - begun) / 1000)]);
      const taken = values.map(([element, value]) => session.set(element, value) || session.lacks());
      const heard = taken.every(Boolean);
      if (heard) {
        tellObjectives(reported.objectives);
        tellAnswers();
      }
      const kept = session.commit() && heard;
      say('kept', kept ? '' : text('player.host.not-kept'));
      say('dropped', dropped.length ? text('player.host.dropped', {
        things: enumerated(dropped.map((kind) => text('player.host.dropped.' + kind))),
      }) : '');
      if (!kept) later(AGAIN);
    }

    /** Leaves: once, however often and in whatever way the page says so. */
    function leave() {
      report();
      left = true;
      clearTimeout(timer);
      session.end();
    }

    const { shelf } = player.held(course.id, entries, noted, () => later());
    hold('player.hosted.', { course: course.id, shelf, module });
    if (readOnly) say('looking', text('player.host.looking'));

    addEventListener('pagehide', leave);
    // Who comes back to it by the browser's button needs a new session.
    addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
    document.addEventListener('visibilitychange', () => { if (document.hidden) report(); });
    return { later, thinks: () => { asked = Date.now(); } };
  }

  /** Reads the record that the platform has kept, and the learner's name where there is none. */
  function take(session) {
    const { dialect: own } = session;
    const read = player.compact.decode(table, session.get(own.record));
    entries = read.entries;
    Object.values(entries).forEach(see);
    newer = read.error === 'newer';
    if (read.error) say('record', text('player.host.' + read.error));
    // Platforms write “Family, Given”.
    const name = session.get(own.learner).split(',').map((part) => part.trim()).reverse()
      .filter(Boolean).join(' ');
    if (name && !entries.me) {
      entries.me = Object.assign({ v: player.record.FORMAT, name }, player.record.stamp());
    }
    return session.get(own.place);
  }

  player.platform.open(globalThis, dialect).then(function (session) {
    if (!session) {
      say('alone', text('player.host.alone'));
      show('', () => undefined);
      return;
    }
    const at = take(session);
    // Not taken apart here: what makes scripts small would put that before the line above.
    const told = host(session);
    show(at, function () {
      told.thinks();
      told.later();
    });
  });
}(globalThis.imlPlayer));
