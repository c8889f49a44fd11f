// needs: core/texts hosts/platform hosts/reported record/compact record/record
// texts: player.host.* player.host.alone player.host.dropped player.host.dropped.*
//   player.host.looking player.host.not-kept
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
  const { merge, isValid, see, canonical } = player.record;
  const { course, module, table, files, dialect, start } = globalThis.imlScorm;
  const base = new URL('.', location.href).href;
  const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));
  const line = /** @type {HTMLElement} */ (document.querySelector('[role=status]'));
  const begun = Date.now();
  let entries = {};
  let place = '';
  let newer = false; // the platform's record is of a newer format, and stays as it is

  const copy = (value) => JSON.parse(JSON.stringify(value));

  // --- what is said to the learner --------------------------------------------------------------

  const said = new Map(); // by kind

  function say(kind, words) {
    if ((said.get(kind) || '') === words) return;
    if (words) said.set(kind, words);
    else said.delete(kind);
    line.textContent = Array.from(said.values()).join(' ');
  }

  // --- the pages in the frame -------------------------------------------------------------------

  /** Gives the page of the course that an address names; nothing if it is none of this package. */
  function pageOf(address) {
    const path = address.startsWith(base) ? address.slice(base.length) : '';
    const [name] = path.split(/[?#]/);
    return files.includes(name) ? path : '';
  }

  const LEADS = 'a[href], form[action]';

  function hide(element) {
    element.hidden = true;
    element.style.display = 'none'; // whatever the styles of the page say of it
  }

  /** Closes a link that leads out of the package: in a text it is plain, in a list of ways hidden. */
  function close(link) {
    const list = link.closest('nav');
    link.removeAttribute('href');
    if (!list && !link.matches('.iml-find, .iml-button')) return;
    const entry = (list && link.closest('li')) || link;
    const group = entry.closest('details');
    hide(entry);
    if (group && !group.querySelector('li:not([hidden])')) hide(group);
  }

  /** Makes links plain that lead out of the package, and opens others' pages beside the course. */
  function settle(links) {
    for (const link of links) {
      if (link.matches('form')) {
        if (link.action.startsWith(base) && !pageOf(link.action)) hide(link);
        continue;
      }
      if (!link.href || link.protocol === 'mailto:' || link.protocol === 'blob:') continue;
      if (link.href.startsWith(base)) {
        if (!pageOf(link.href)) close(link);
      } else if (/^https?:$/.test(link.protocol)) {
        link.target = '_blank';
        link.rel = 'noopener';
      }
    }
  }

  function shown(changed) {
    let page;
    try {
      page = /** @type {Window} */ (frame.contentWindow).document;
      place = pageOf(page.location.href) || place;
    } catch (error) {
      return; // a page of another site
    }
    document.title = page.title || document.title;
    settle(page.querySelectorAll(LEADS));
    new MutationObserver(function (all) {
      for (const { addedNodes } of all) {
        for (const node of addedNodes) {
          if (node.nodeType !== 1) continue;
          const element = /** @type {Element} */ (node);
          settle([element, ...element.querySelectorAll(LEADS)].filter((one) => one.matches(LEADS)));
        }
      }
    }).observe(page, { childList: true, subtree: true });
    changed();
  }

  function show(at) {
    frame.src = at && pageOf(new URL(at, base).href) ? at : start;
  }

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
      values.push([own.place, place.slice(0, own.placeRoom)], [own.exit, 'suspend'],
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

    function put(of, learner, key, given) {
      const entry = copy(given);
      if (of !== course.id || learner !== 'me' || !isValid(key, entry)) {
        return { kept: false, trouble: 'forbidden', entry };
      }
      const before = entries[key];
      entries[key] = merge(key, entry, before);
      see(entries[key]);
      if (!before || canonical(before) !== canonical(entries[key])) {
        noted(key, before, entries[key]);
        later();
      }
      return { kept: true, entry: copy(entries[key]) };
    }

    function restore(of, learner, changed) {
      for (const [key, entry] of Object.entries(changed)) {
        if (entry) entries[key] = copy(entry);
        else delete entries[key];
      }
      later();
      return true;
    }

    /** @type {Shelf} */
    const shelf = {
      open: () => ({ learner: 'me', learners: [], entries: copy(entries), troubles: [], known: true }),
      put,
      restore,
      setAside: (of, learner, key) => restore(of, learner, { [key]: null }),
      choose: () => false,
      remove: () => restore('', '', Object.fromEntries(Object.keys(entries).map((key) => [key, null]))),
      watch: () => null, // there is one page at a time
    };
    globalThis.imlHost = { course: course.id, shelf };
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
      frame.addEventListener('load', () => shown(() => undefined));
      show('');
      return;
    }
    const at = take(session);
    const { later, thinks } = host(session);
    frame.addEventListener('load', function () {
      thinks();
      shown(later);
    });
    show(at);
  });
}(globalThis.imlPlayer));
