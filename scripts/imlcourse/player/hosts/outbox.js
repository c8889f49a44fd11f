// needs: core/values
/* What waits to be told to a record store, and is kept until the store has it. Nothing here touches
   the page: the browser's storage, what sends, the clock and the timer are given.

   Each statement has a key of its own in the storage, so that two windows never write over one
   another. It has its id before it is kept, and keeps it: sent twice, by whatever window and after
   whatever crash, it is one statement in the store. It is taken away when the store has answered
   that it has it: 200 or 204, or 409, which says that it holds a statement with this id.

   A store takes a batch whole or not at all. Where it refuses one (400, 403, 409, 413, 422), the
   batch is sent in halves, until the statement that it will not have stands alone: that one is kept,
   marked and named, and is tried once more after the next launch. Where the network fails, or the
   store is busy (429, 5xx), all wait, each time longer, and as long as the store itself asks for.
   401 says that the session has ended: all is kept for the next launch. */
(function (player) {
  'use strict';
  const MOST = 50; // statements in a batch
  const FEW = 16;
  const ROOM = 60000; // bytes in a batch; a page that closes may send 65,536, headers aside
  const SMALL = 30000; // bytes of a batch that may go on while the page closes
  const FIRST = 2000; // milliseconds
  const LONGEST = 300000;
  const SOON = 300; // some come together
  const LONGEST_REASON = 300; // characters
  const REFUSED = [400, 403, 409, 413, 422];
  const OPENS = /\/initialized$/;
  const { isObject } = player.values;

  const sizeOf = (text) => new TextEncoder().encode(text).length;

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      return null;
    }
  }

  /**
   * @param {object} given
   * @param {Storage | null} given.storage     none where the browser refuses
   * @param {string} given.name                of the learner at this store
   * @param {() => number} given.now
   * @param {(action: () => void, wait: number) => any} given.later
   * @param {(timer: any) => void} given.never  takes back what later gave
   * @param {() => number} given.random
   * @param {(box: OutboxState) => void} given.changed
   * @param {(held: Held) => Statement | null | undefined} given.again   what to send in place of a
   *   statement of an earlier session that the store refuses: null if it is worth nothing by itself,
   *   undefined if there is nothing else to send
   * @returns {Outbox}
   */
  function outbox({ storage, name, now, later, never, random, changed, again }) {
    const prefix = 'imlcourse/outbox/' + name + '/';
    /** @type {Map<string, Held>} */
    const waiting = new Map();
    let send = null; // none before a session, and after it
    let count = 0;
    let tries = 0;
    let timer = null;
    let busy = false;
    let sending = Promise.resolve(); // what is on its way, and what goes after it
    let stopped = false; // the session has ended
    let current = '';
    /** @type {{batch: Held[], size: number, outlives: boolean} | null} */
    let onItsWay = null;

    function tell() {
      const all = Array.from(waiting.values());
      changed({
        waiting: all.filter((one) => !one.refused).length, stopped, late: tries > 1,
        unstored: all.filter((one) => !one.stored).length,
        refused: all.filter((one) => one.refused),
      });
    }

    function keep(held) {
      const { key, statement, session, refused } = held;
      try {
        if (!storage) return;
        storage.setItem(prefix + key, JSON.stringify({ statement, session, refused }));
        held.stored = true;
      } catch (error) { /* full, or forbidden: it lives in this page alone, which is told */ }
    }

    function drop(held) {
      waiting.delete(held.key);
      try {
        if (storage) storage.removeItem(prefix + held.key);
      } catch (error) { /* it is sent once more, and is the same */ }
    }

    /** Takes in what earlier sessions, and other windows, have left. */
    function takeIn() {
      try {
        for (let at = 0; storage && at < storage.length; at += 1) {
          const whole = storage.key(at);
          if (!whole || !whole.startsWith(prefix)) continue;
          const key = whole.slice(prefix.length);
          const read = parsed(storage.getItem(whole));
          if (waiting.has(key) || !isObject(read) || !isObject(read.statement) || !read.statement.id) continue;
          waiting.set(key, {
            key, statement: read.statement, session: String(read.session || ''), refused: '',
            stored: true, old: true,
          });
        }
      } catch (error) { /* nothing can be read */ }
    }

    /**
     * Takes a statement that has its id.
     * @param {Statement} statement
     * @param {string} session   in which it was made; nothing if in none
     */
    function add(statement, session) {
      // In the order in which they were made, in whatever window.
      count += 1;
      const key = String(now()).padStart(15, '0') + '-' + String(count).padStart(5, '0') + '-' + statement.id;
      /** @type {Held} */
      const held = { key, statement, session, refused: '', stored: false, old: false };
      waiting.set(key, held);
      keep(held);
      tell();
      if (!busy) wake(SOON); // else it goes with what is on its way
    }

    /**
     * Gives what is to be sent: what opens the session first, what came in it as it came, and then
     * what others have left: of that, the store may have some already.
     */
    function inOrder() {
      const rank = ({ session, statement, old }) =>
        (old ? 2 : session === current && OPENS.test(statement.verb.id) ? 0 : 1);
      return Array.from(waiting.values()).filter((one) => !one.refused)
        .sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
    }

    /** Gives as many of the first as make a batch; what was left stands in none with what is new. */
    function batchOf(list, room) {
      const batch = [];
      let size = 2;
      for (const held of list.slice(0, MOST)) {
        const more = sizeOf(JSON.stringify(held.statement)) + 1;
        if (batch.length && (size + more > room || held.old !== batch[0].old)) break;
        size += more;
        batch.push(held);
      }
      return { batch, size };
    }

    const bodyOf = (batch) => JSON.stringify(batch.map((held) => held.statement));

    /** Sees to a statement that the store will not have. */
    function refuse(held, answer) {
      const other = answer.status !== 409 && held.session !== current ? again(held) : undefined;
      if (answer.status === 409 || other === null) drop(held);
      else if (other) keep(Object.assign(held, { statement: other, session: current }));
      else keep(Object.assign(held, { refused: answer.status + ' ' + answer.text.slice(0, LONGEST_REASON) }));
    }

    /** Sends a batch; gives whether to go on. */
    function deliver(batch) {
      const body = bodyOf(batch);
      const bytes = sizeOf(body);
      // What is on its way when the page is left goes on, as long as it is small.
      const outlives = bytes <= SMALL;
      onItsWay = { batch, size: outlives ? bytes : 0, outlives };
      return send(body, outlives).then(function (answer) {
        onItsWay = null;
        if (answer.status === 200 || answer.status === 204) {
          tries = 0;
          batch.forEach(drop);
          return true;
        }
        if (answer.status === 401) {
          stopped = true;
          return false;
        }
        if (REFUSED.includes(answer.status)) {
          tries = 0;
          if (batch.length === 1) {
            refuse(batch[0], answer);
            return true;
          }
          // Where it has one of a few, it mostly has all.
          const size = answer.status === 409 && batch.length <= FEW ? 1 : Math.ceil(batch.length / 2);
          return inParts(batch, size);
        }
        tries += 1;
        const pause = Math.min(LONGEST, FIRST * 2 ** (tries - 1)) * (0.75 + random() / 2);
        wake(Math.max(pause, answer.wait));
        return false;
      });
    }

    function inParts(batch, size) {
      return batch.length ? deliver(batch.slice(0, size))
        .then((on) => on && inParts(batch.slice(size), size)) : Promise.resolve(true);
    }

    /** Sends batch after batch, until there is none or one did not get through. */
    function sendAll() {
      const list = inOrder();
      if (!list.length || !send || stopped) {
        busy = false;
        tell();
        return Promise.resolve();
      }
      return deliver(batchOf(list, ROOM).batch).then(function (on) {
        if (!on) busy = false;
        tell();
        return on ? sendAll() : undefined;
      });
    }

    /**
     * Sends what waits. Where some is on its way already, the rest goes after it: who waits for this
     * waits for all.
     * @returns {Promise<void>}
     */
    function flush() {
      never(timer);
      timer = null;
      if (!busy) {
        busy = true;
        sending = sendAll();
      }
      return sending;
    }

    function wake(wait) {
      if (!send || stopped) return;
      // Who waits for the store is not woken by a new statement.
      if (timer !== null && tries) return;
      never(timer);
      timer = later(flush, wait);
    }

    /**
     * Begins to send.
     * @param {string} session
     * @param {(body: string, closing: boolean) => Promise<StoreAnswer>} by   what sends, and whether while
     *   the page closes
     * @param {(statement: Statement) => Statement} bind   makes a statement that was made in no
     *   session one of this
     */
    function open(session, by, bind) {
      current = session;
      send = by;
      stopped = false;
      tries = 0;
      takeIn();
      for (const held of waiting.values()) {
        held.refused = '';
        if (!held.session) keep(Object.assign(held, { statement: bind(held.statement), session }));
      }
      tell();
      wake(0);
    }

    /** The network is back. */
    function hurry() {
      tries = 0;
      never(timer);
      timer = null;
      wake(0);
    }

    /**
     * Sends what waits while the page closes: what fits, and nothing of it is taken away, since no
     * answer is heard. What was sent already is sent again, and is the same.
     * @param {number} room   bytes that the page may still send
     */
    function close(room) {
      never(timer);
      timer = null;
      if (!send || stopped) return;
      const gone = onItsWay && onItsWay.outlives ? onItsWay.batch : [];
      let left = room - (onItsWay ? onItsWay.size : 0);
      let list = inOrder().filter((one) => !gone.includes(one));
      // The browser breaks off the rest; the store may have taken it all the same.
      const cut = onItsWay && !onItsWay.outlives ? onItsWay.batch : [];
      list = list.filter((one) => !cut.includes(one)).concat(cut);
      while (list.length) {
        const until = list.indexOf(cut[0]);
        const { batch, size } = batchOf(until > 0 ? list.slice(0, until) : list, left);
        if (size > left) break;
        send(bodyOf(batch), true);
        left -= size;
        list = list.slice(batch.length);
      }
      send = null;
    }

    takeIn();
    return { add, open, flush, hurry, close, size: () => waiting.size };
  }

  player.outbox = outbox;
}(globalThis.imlPlayer));
