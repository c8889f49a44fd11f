// needs: core/values record/record record/shelf
/* The shelf of a hidden frame, which all local pages share (see hosts/frame.js): on file:// some
   browsers give each file a storage of its own.

   The frame may come late, or never. What it has not taken is noted in the page's own storage, and
   handed over when the frame is there; until then the page works with its notes. On file:// other
   browsers have one storage for all files: there the two are one, and since entries are merged,
   nothing is done twice.

   Who is learning, the frame knows. What is written before it has said so is noted as nobody's, and
   is of whom it names while this page is open. If it does not, it is of whom it named last on this
   page; if there is none, of whom it names next. */
(function (player) {
  'use strict';
  const { merge } = player.record;
  const WAIT = 5000; // how long the frame may take, in milliseconds
  const NOBODY = '';

  function shelf(address) {
    const local = player.shelf.local();
    const waiting = new Map();
    const watching = [];
    const coming = []; // what is done when the frame is there after all
    let there = false;
    let asked = 0;
    let begun = false;
    let guess = null; // who may be learning, where nobody has said so
    let told = null; // who is, as the frame has said
    let late = null; // what the frame has found, later than it was waited for
    /** @type {any} */
    const frame = document.createElement('iframe');
    let answered;
    const ready = new Promise(function (resolve) {
      answered = resolve;
      setTimeout(() => resolve(null), WAIT);
    });

    globalThis.addEventListener('message', function (event) {
      // Only the frame itself is listened to, whatever else sends.
      if (event.source !== frame.contentWindow || !player.values.isObject(event.data)) return;
      const { imlStore, number, value, told: args } = event.data;
      if (imlStore === 'ready') {
        there = true;
        answered(null);
        come();
      } else if (imlStore === 'answer' && waiting.has(number)) {
        waiting.get(number)(value);
        waiting.delete(number);
      } else if (imlStore === 'told' && Array.isArray(args)) {
        for (const action of watching) action(...args);
      }
    });
    frame.hidden = true; // so that nobody sees it, hears of it, or comes to it by the keyboard
    frame.src = address;
    document.body.append(frame);

    function come() {
      for (const action of coming) action();
    }

    /** Asks the frame; gives null if it is not there, or says nothing in time. */
    function ask(call, args, then) {
      return ready.then(() => new Promise(function (resolve) {
        if (!there) {
          resolve(null);
          return;
        }
        asked += 1;
        let over = false;
        waiting.set(asked, function (value) {
          if (!over) resolve(value);
          else if (then) then(value);
        });
        setTimeout(function () {
          over = true;
          resolve(null);
        }, WAIT);
        // A local page has no origin that could be named; the frame checks who asks.
        frame.contentWindow.postMessage({ imlStore: 'ask', number: asked, call, args }, '*');
      }));
    }

    function nameFor(learner) {
      return learner === guess ? told || NOBODY : learner;
    }

    /** Notes what is put before the shelf was opened: the page may be left before. */
    function hold(course, wanted, key, entry) {
      local.note(course, wanted || local.chosen(course) || NOBODY, key, entry);
    }

    function open(course, wanted) {
      const before = local.heard(course);
      for (const [whose, key, entry] of begun || wanted || !before ? [] : local.notes(course)) {
        if (whose === NOBODY) pass(course, before, key, entry);
      }
      begun = true;
      const found = late;
      late = null;
      return (found ? Promise.resolve(found) : ask('open', [course, wanted], function (value) {
        late = value;
        come();
      })).then((value) => (value ? handOver(course, wanted, value) : openHere(course, wanted)));
    }

    /** Makes nobody's note one of a learner. */
    function pass(course, learner, key, entry) {
      if (!entry || local.note(course, learner, key, entry)[0]) local.forget(course, NOBODY, key);
    }

    /** Gives the frame what is noted, whosever it is, and what it has found with it. */
    function handOver(course, wanted, value) {
      const { learner, entries, removed } = value;
      told = learner;
      if (!wanted) local.heard(course, learner);
      for (const [whose, key, entry] of local.notes(course)) {
        const name = whose || learner;
        if (!entry || (wanted && whose !== wanted)) continue;
        if (entry.at < (removed || {})[name]) {
          local.forget(course, whose, key);
          continue;
        }
        if (name === learner) entries[key] = merge(key, entry, entries[key]);
        if (whose === NOBODY) pass(course, name, key, entry);
        put(course, name, key, entry);
      }
      return value;
    }

    /** Opens what is in the page's own storage, and leaves it there to be handed over. */
    function openHere(course, wanted) {
      const sure = wanted || local.chosen(course);
      const learner = sure || told || guess || local.heard(course) || 'me';
      guess = sure ? null : learner;
      const value = local.open(course, learner, true);
      for (const [whose, key, entry] of local.notes(course)) {
        if (!entry) continue;
        if (whose === learner || (whose === NOBODY && !wanted)) {
          value.entries[key] = merge(key, entry, value.entries[key]);
        }
        if (whose && key === 'me' && !value.learners.some(({ id }) => id === whose)) {
          value.learners.push({ id: whose, name: entry.name || '' });
        }
      }
      // Without the frame, some browsers keep each page's answers for that page alone.
      value.troubles.push('alone');
      return value;
    }

    function put(course, learner, key, entry) {
      const name = nameFor(learner);
      const [raw, trouble] = local.note(course, name, key, entry);
      const noted = { kept: Boolean(raw), trouble, entry: raw ? JSON.parse(raw) : entry };
      if (name === NOBODY) return Promise.resolve(noted);
      function take(answer) {
        if (answer.kept && raw) local.forget(course, name, key, raw);
        return answer;
      }
      return ask('put', [course, name, key, noted.entry], take)
        .then((answer) => (answer ? take(answer) : noted));
    }

    /** Forgets what is noted of some keys of a learner, or of all. */
    function drop(course, learner, keys) {
      for (const [whose, key] of local.notes(course)) {
        if ([learner, nameFor(learner)].includes(whose) && (!keys || keys.includes(key))) {
          local.forget(course, whose, key);
        }
      }
    }

    function restore(course, learner, changed) {
      return ask('restore', [course, learner, changed]).then(function (answer) {
        if (there && !answer) return false;
        drop(course, learner, Object.keys(changed));
        if (there) return true;
        const { entries } = local.open(course, learner, true);
        const own = Object.entries(changed).filter(([key]) => key in entries);
        return Object.entries(changed).every(([key, entry]) => key in entries || !entry ||
          local.note(course, nameFor(learner), key, entry)[0]) &&
          local.restore(course, learner, Object.fromEntries(own));
      });
    }

    function setAside(course, learner, key) {
      local.setAside(course, nameFor(learner), key);
      return ask('setAside', [course, learner, key]);
    }

    function choose(course, learner) {
      return ask('choose', [course, learner])
        .then((answer) => (there ? answer : local.choose(course, learner)));
    }

    function remove(course, learner) {
      return ask('remove', [course, learner]).then(function (answer) {
        if (there && !answer) return false;
        drop(course, learner);
        return there || local.remove(course, learner);
      });
    }

    return {
      open, hold, put, restore, setAside, choose, remove,
      watch: (action) => watching.push(action),
      late: (action) => coming.push(action),
    };
  }

  player.framed = { shelf };
}(globalThis.imlPlayer));
