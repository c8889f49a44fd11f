// needs: hosts/dialects
/* The learning platform around the course: its API, found as SCORM says, and one session with it.
   Whatever it throws or refuses is counted and never thrown on. */
(function (player) {
  'use strict';
  const DEEPEST = 50; // windows around this one
  const LOOK = 200; // milliseconds from one look for the API to the next
  const PATIENCE = 3000; // a platform may be late

  /** Looks for an API in a window and in those around it. */
  function above(start, name) {
    let place = start;
    for (let deep = 0; place && deep < DEEPEST; deep += 1) {
      try {
        if (place[name]) return place[name];
      } catch (error) {
        return null; // a window of another site: nothing above it is ours to ask
      }
      if (place.parent === place) return null;
      place = place.parent;
    }
    return null;
  }

  /** Looks for an API around a window, and around the one that opened it. */
  function find(own, name) {
    const around = own.parent && own.parent !== own ? above(own.parent, name) : null;
    if (around) return around;
    try {
      const opener = own.opener || (own.top && own.top.opener);
      return opener ? above(opener, name) : null;
    } catch (error) {
      return null;
    }
  }

  /** @returns {Platform} */
  function sessionWith(api, dialect) {
    const sent = new Map();
    let ended = false;

    function call(method, ...given) {
      try {
        return String(api[method](...given));
      } catch (error) {
        return 'false';
      }
    }

    /** Gives what the platform has; nothing where it has none, or does not know of it. */
    function get(element) {
      const value = call(dialect.get, element);
      const error = call(dialect.error);
      return error === '0' && value !== 'undefined' && value !== 'null' ? value : '';
    }

    function set(element, value) {
      if (ended) return false;
      if (sent.get(element) === value) return true;
      const taken = call(dialect.put, element, value) === 'true';
      if (taken) sent.set(element, value);
      else sent.delete(element);
      return taken;
    }

    /** Says whether the last refusal was that the platform has no such element. */
    const lacks = () => ['401', '402'].includes(call(dialect.error));

    function commit() {
      const kept = !ended && call(dialect.commit, '') === 'true';
      if (!kept) sent.clear(); // who knows what of it was lost
      return kept;
    }

    /** Ends the session, once. */
    function end() {
      if (ended) return true;
      ended = true;
      return call(dialect.end, '') === 'true';
    }

    return { dialect, get, set, lacks, commit, end };
  }

  /** Begins a session, where there is a platform that takes part. */
  function begin(own, names) {
    for (const name of names) {
      const dialect = player.dialects[name];
      const api = find(own, dialect.api);
      if (!api) continue;
      try {
        // One that says it is running already was begun by this page before it was loaded anew.
        if (String(api[dialect.start]('')) === 'true' ||
          String(api[dialect.error]()) === dialect.running) return sessionWith(api, dialect);
      } catch (error) { /* it is not ready, or none */ }
    }
    return null;
  }

  /**
   * Waits for the platform, for some seconds.
   * @param {any} own  the window
   * @param {string} first  the dialect of the package, which is tried first
   * @returns {Promise<Platform | null>}
   */
  function open(own, first) {
    const names = [first].concat(Object.keys(player.dialects).filter((name) => name !== first));
    const until = Date.now() + PATIENCE;
    return new Promise(function (resolve) {
      (function look() {
        const session = begin(own, names);
        if (session || Date.now() > until) resolve(session);
        else setTimeout(look, LOOK);
      }());
    });
  }

  player.platform = { find, open };
}(globalThis.imlPlayer));
