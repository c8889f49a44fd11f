// needs: core/values record/record record/shelf
/* The shelf of a hidden frame, which all local pages share (see hosts/frame.js): on file:// some
   browsers give each file a storage of its own.

   The frame may come late, or never. What it has not taken is noted in the page's own storage and
   handed over when the frame is there; until then the page works with its own shelf. On file://
   other browsers have one storage for all files: there the two are one, and nothing is done twice,
   since entries are merged. */
(function (player) {
  'use strict';
  const { merge } = player.record;
  const WAIT = 5000; // how long the frame may take, in milliseconds
  const NOBODY = ''; // whose are the notes of a page that has not heard yet who is learning

  function shelf(address) {
    const local = player.shelf.local();
    const waiting = new Map();
    const watching = [];
    const coming = []; // what is done when the frame is there after all
    const latest = new Map(); // the last entry of each key that was given to the frame
    let there = false;
    let waited = false;
    let opened = false; // whether the frame has said who is learning
    let asked = 0;
    /** @type {any} */
    const frame = document.createElement('iframe');
    let answered;
    const ready = new Promise(function (resolve) {
      answered = resolve;
      setTimeout(function () {
        waited = true;
        resolve(null);
      }, WAIT);
    });

    globalThis.addEventListener('message', function (event) {
      // Only the frame itself is listened to, whatever else sends.
      if (event.source !== frame.contentWindow || !player.values.isObject(event.data)) return;
      const { imlStore, number, value, told } = event.data;
      if (imlStore === 'ready') {
        there = true;
        answered(null);
        if (waited) come();
      } else if (imlStore === 'answer' && waiting.has(number)) {
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

    function come() {
      for (const action of coming) action();
    }

    /** Asks the frame; gives null if it is not there, or says nothing in time. */
    function ask(call, args) {
      return ready.then(() => new Promise(function (resolve) {
        if (!there) {
          resolve(null);
          return;
        }
        asked += 1;
        let late = false;
        waiting.set(asked, function (value) {
          if (late) come();
          else resolve(value);
        });
        setTimeout(function () {
          late = true;
          resolve(null);
        }, WAIT);
        // A local page has no origin that could be named; the frame checks who asks.
        frame.contentWindow.postMessage({ imlStore: 'ask', number: asked, call, args }, '*');
      }));
    }

    /** Gives in whose name a learner's entries are noted: 'me' is also who is not known yet. */
    function nameFor(course, learner) {
      return learner === 'me' && !opened && !local.chosen(course) ? NOBODY : learner;
    }

    /** Gives what the frame has not taken: [in whose name, key, entry]. */
    function owed(course, learner, wanted) {
      return (wanted ? [learner] : [NOBODY, learner]).flatMap((whose) =>
        Object.entries(local.noted(course, whose)).map(([key, entry]) => [whose, key, entry]));
    }

    /** Forgets what is noted of a learner, or of some keys. */
    function drop(course, learner, keys) {
      for (const [whose, key] of owed(course, learner, '')) {
        if (!keys || keys.includes(key)) local.forget(course, whose, key);
      }
    }

    /** Notes what is put before it is known who is learning: the page may be left before. */
    function hold(course, wanted, key, entry) {
      local.note(course, wanted || NOBODY, key, entry);
    }

    function open(course, wanted) {
      return ask('open', [course, wanted]).then(function (value) {
        if (!value) return openHere(course, wanted);
        opened = true;
        const { learner, entries } = value;
        for (const [whose, key, entry] of owed(course, learner, wanted)) {
          entries[key] = merge(key, entry, entries[key]);
          put(course, learner, key, entries[key]);
          if (whose !== learner) local.forget(course, whose, key);
        }
        return value;
      });
    }

    /** Opens the page's own shelf, and goes on owing the frame what is noted. */
    function openHere(course, wanted) {
      const noted = owed(course, wanted || local.chosen(course) || 'me', wanted);
      const value = local.open(course, wanted);
      for (const [whose, key, entry] of noted) {
        value.entries[key] = merge(key, entry, value.entries[key]);
        local.note(course, whose, key, entry);
      }
      // Without the frame, some browsers keep each page's answers for that page alone.
      value.troubles.push('alone');
      return value;
    }

    function put(course, learner, key, entry) {
      const whose = nameFor(course, learner);
      const name = whose + '/' + key;
      latest.set(name, entry);
      local.note(course, whose, key, entry);
      return ask('put', [course, learner, key, entry]).then(function (answer) {
        if (!answer) {
          const here = local.put(course, learner, key, entry);
          if (here.kept) local.note(course, whose, key, here.entry);
          return here;
        }
        // A later one of the same key may still be on its way.
        if (answer.kept && latest.get(name) === entry) local.forget(course, whose, key);
        return answer;
      });
    }

    /** @type {any} */
    const shelf = {
      open, hold, put,
      watch: (action) => watching.push(action),
      late: (action) => coming.push(action),
    };
    // What these take away or put back, no note may bring again.
    for (const call of ['restore', 'setAside', 'choose', 'remove']) {
      shelf[call] = function (course, learner, changed) {
        const keys = { restore: Object.keys(changed || {}), setAside: [changed], choose: [] }[call];
        drop(course, learner, keys);
        return ask(call, [course, learner, changed]).then(function (answer) {
          if (answer !== null) return answer;
          const done = !there && local[call](course, learner, changed);
          for (const key of call === 'restore' && done ? keys : []) {
            if (changed[key]) local.note(course, nameFor(course, learner), key, changed[key]);
          }
          return done;
        });
      };
    }
    return shelf;
  }

  player.framed = { shelf };
}(globalThis.imlPlayer));
