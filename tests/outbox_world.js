// A browser's storage, a clock and a record store, for tests of the outbox: all in one, without a
// page, a network or a wait. Time goes on when somebody asks for it.
'use strict';
globalThis.worldOf = function (faults) {
  const kept = new Map();
  const held = new Map(); // in the store: how often each statement was taken
  const log = [];
  const plan = faults.slice();
  const refuses = new Set();
  const gone = new Set(); // sessions that the store takes nothing more of
  let now = 1e12;
  let timers = [];
  let state = null;
  let full = false;

  const storage = {
    get length() { return kept.size; },
    key: (at) => Array.from(kept.keys())[at] ?? null,
    getItem: (key) => (kept.has(key) ? kept.get(key) : null),
    setItem(key, value) {
      if (full) throw new Error('QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key) => { kept.delete(key); },
  };

  function take(body) {
    const batch = JSON.parse(body);
    if (batch.some((one) => refuses.has(one.id))) return 400;
    if (batch.some((one) => gone.has(one.session))) return 403;
    if (batch.some((one) => held.has(one.id))) return 409;
    for (const one of batch) held.set(one.id, one);
    return 200;
  }

  /** Answers as the store does, or as the next fault says: lost says that the answer got lost. */
  function send(body) {
    const fault = plan.shift();
    let status = 0;
    if (fault === undefined || fault === 'lost') status = take(body);
    log.push([JSON.parse(body).map((one) => one.id), status, body.length, now]);
    if (fault === 'lost') return Promise.resolve({ status: 0, text: '', wait: 0, etag: '' });
    if (fault !== undefined) {
      const [given, wait] = [fault].flat();
      log[log.length - 1][1] = given;
      return Promise.resolve({ status: given, text: 'busy', wait: wait || 0, etag: '' });
    }
    return Promise.resolve({ status, text: 'no', wait: 0, etag: '' });
  }

  function window(again, withStorage) {
    const own = [];
    const box = imlPlayer.outbox({
      storage: withStorage === false ? null : storage, name: 'me', now: () => now, random: () => 0.5,
      later(action, wait) {
        const timer = { action, at: now + wait };
        timers.push(timer);
        own.push(timer);
        return timer;
      },
      never: (timer) => { timers = timers.filter((one) => one !== timer); },
      changed: (told) => { state = told; },
      again: again || (() => undefined),
    });
    return {
      box,
      /** Dies without a word. */
      die: () => { timers = timers.filter((one) => !own.includes(one)); },
    };
  }

  /** Lets time go on until nothing waits for it, or so many milliseconds. */
  async function pass(most = 1e9) {
    const end = now + most;
    for (let turn = 0; turn < 2000; turn += 1) {
      await new Promise((done) => { setTimeout(done, 0); }); // whatever was promised is done
      timers.sort((a, b) => a.at - b.at);
      if (!timers.length || timers[0].at > end) return;
      const next = timers.shift();
      now = Math.max(now, next.at);
      next.action();
    }
    throw new Error('it never ends');
  }

  const made = (id, session, verb) => ({ id, session, verb: { id: 'verbs/' + (verb || 'answered') } });
  return {
    window, pass, made, send, storage, log, held, kept, refuses, gone, plan,
    fill: (is) => { full = is; }, state: () => state, now: () => now,
    bind: (session) => (statement) => Object.assign({}, statement, { session }),
  };
};
