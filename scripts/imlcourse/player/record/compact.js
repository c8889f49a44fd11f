// needs: core/values record/record
/* A learner's record in few signs, for a learning platform that keeps one short text of it: 4,096
   signs in SCORM 1.2, 64,000 in SCORM 2004.

   The text: a sign for the format (FORMAT), the record as bits, six in each sign of SIGNS, and
   CHECKS signs by which a text that was cut off or changed is told. Numbers are written with a
   stated count of bits, or, where that says "few", as Elias' gamma code of the number and 1 (so
   0 takes one bit). Times are minutes since 2020, and days where minutes tell nothing. In order:

     modules     how many (5 bits), and the id of each: all else names a module by its place here
     answers     by day, and in a day by item: the same day as before (1 bit) or its day (15), the
                 module (1 bit if it is the same as before, else 5 more), the number in the id
                 (few: how much more than before), the mark of the version (6), what was answered
     attempts    by test: its id, how many (few), of each what writeAttempt says
     reading     by module: when (25), the place, sections by number, whether done was said
     texts       what is left, such as the name and what was promised: key and JSON

   An item is found by its id again, and a version by its mark, so a text is read by a later edition
   of the course too: what it does not know is passed over, and an answer to a question that has
   changed since does not count. Versions before the last are not in it, nor what a file brought in.

   Where it is too long, encode leaves out one thing after the other (DROPPED), until it fits:

     work        what was written into worksheets
     promise     promises
     given-tests wrong answers in tests that have ended; what they earned stays
     older       attempts at a test but the first, the last and the best
     given       wrong answers to practice; what they earned, and when, stays
     asked       which questions were asked in tests that have ended; the results stay
     draft       cases that were begun
     practice    answers to practice, the oldest first, no more than has to be
     read        what was read, but for the place in each module
     other       what else is kept as text, but for the name and the role
     open        the answers in a test that was not ended
     me          the name and the role

   What always stays: the result of each test, the questions of an open one, and the places. */
(function (player) {
  'use strict';
  const FORMAT = '1';
  const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const CHECKS = 3;
  const DROPPED = ['work', 'promise', 'given-tests', 'older', 'given', 'asked', 'draft', 'practice',
    'read', 'other', 'open', 'me'];
  const FIRST = Date.UTC(2020, 0, 1);
  const MINUTE = 60000;
  const DAY = 1440; // minutes
  const STEPS = 60; // of the points of an item: halves to sixths, tenths, twelfths are exact
  const FINE = 50400; // of the points of a test: all shares up to tenths are exact
  const ATTEMPTS = 8; // at one test: the last ones, where more were made
  const END = 'end';
  const { isObject, lot } = player.values;
  const { FORMAT: ENTRY, canonical, isValid, inDays, begunAt, bestAttempt } = player.record;

  // --- bits ---------------------------------------------------------------------------------

  function writer() {
    /** @type {number[]} */
    const bits = [];
    function put(value, count) {
      for (let at = count - 1; at >= 0; at -= 1) bits.push(Math.floor(value / 2 ** at) % 2);
    }
    function few(value) {
      const wide = Math.floor(Math.log2(value + 1));
      put(0, wide);
      put(value + 1, wide + 1);
    }
    /** Writes a text: letters, digits and the like in 7 bits, all else as UTF-8. */
    function words(text) {
      const plain = /^[\x20-\x7e]*$/.test(text);
      const bytes = new TextEncoder().encode(text);
      put(plain ? 0 : 1, 1);
      few(bytes.length);
      for (const byte of bytes) put(byte, plain ? 7 : 8);
    }
    return { bits, put, few, words, flag: (is) => put(is ? 1 : 0, 1) };
  }

  function reader(bits) {
    let at = 0;
    function take(count) {
      let value = 0;
      if (at + count > bits.length) throw new RangeError('cut off');
      for (const end = at + count; at < end; at += 1) value = value * 2 + bits[at];
      return value;
    }
    function few() {
      let wide = 0;
      while (!take(1)) wide += 1;
      return 2 ** wide + take(wide) - 1;
    }
    function words() {
      const size = take(1) ? 8 : 7;
      return new TextDecoder().decode(Uint8Array.from({ length: few() }, () => take(size)));
    }
    return { take, few, words, flag: () => take(1) === 1 };
  }

  function signsOf(bits) {
    let text = '';
    for (let at = 0; at < bits.length; at += 6) {
      let value = 0;
      for (let bit = at; bit < at + 6; bit += 1) value = value * 2 + (bits[bit] || 0);
      text += SIGNS[value];
    }
    return text;
  }

  function checkOf(text) {
    const found = lot(text.length, text);
    return [0, 6, 12].map((by) => SIGNS[(found >>> by) % 64]).join('');
  }

  // --- what entries are made of -------------------------------------------------------------

  const minuteOf = (time) => Math.min(Math.max(0, Math.floor((Date.parse(time) - FIRST) / MINUTE)), 2 ** 25 - 1);
  const timeOf = (minute) => new Date(FIRST + minute * MINUTE).toISOString();
  const dayOf = (time) => Math.floor(minuteOf(time) / DAY);
  const timeOfDay = (day) => timeOf(day * DAY);

  /** Gives the mark of a version: of two versions, one in 64 has the same. */
  function markOf(version) {
    return lot(0, 'version/' + version) % 64;
  }

  /** Divides the id of an item into its module and its number; null if it is none of the course. */
  function partsOf(table, id) {
    const found = /^(.+)-i(\d{1,4})$/.exec(id);
    if (!found || !Object.hasOwn(table.items, id)) return null;
    const module = table.modules.indexOf(found[1]);
    return module < 0 ? null : { module, number: Number(found[2]) };
  }

  function idOf(module, number) {
    return module + '-i' + String(number).padStart(2, '0');
  }

  function writePoints(to, points) {
    to.flag(points === 1);
    if (points === 1) return;
    to.flag(points === 0);
    // Something is never all, and never nothing.
    if (points !== 0) to.put(Math.min(Math.max(1, Math.round(points * STEPS)), STEPS - 1), 6);
  }

  function readPoints(from) {
    if (from.flag()) return 1;
    return from.flag() ? 0 : from.take(6) / STEPS;
  }

  /**
   * Writes a response to an item: nothing, ids in a list, ids or texts by id, or a text. Ids are
   * places in the list of those that the item has; how wide these are is said, so that a later
   * edition of the item passes over them.
   */
  function writeResponse(to, response, ids) {
    const wide = Math.ceil(Math.log2(ids.length + 1));
    function token(word) {
      const at = ids.indexOf(word);
      to.put(at < 0 ? 2 ** wide - 1 : at, wide); // all bits set: a text follows
      if (at < 0) to.words(String(word));
    }
    const list = Array.isArray(response);
    if (!list && !isObject(response) && typeof response !== 'string') {
      to.put(0, 2);
      return;
    }
    to.put(list ? 1 : isObject(response) ? 2 : 3, 2);
    to.put(wide, 4);
    if (list) {
      to.few(response.length);
      response.forEach(token);
    } else if (isObject(response)) {
      to.few(Object.keys(response).length);
      for (const name of Object.keys(response).sort()) {
        token(name);
        token(response[name] === null || response[name] === undefined ? '' : response[name]);
      }
    } else token(response);
  }

  function readResponse(from, ids) {
    const kind = from.take(2);
    if (!kind) return null;
    const wide = from.take(4);
    function token() {
      const at = from.take(wide);
      return at === 2 ** wide - 1 ? from.words() : ids[at] || '';
    }
    if (kind === 3) return token();
    const count = from.few();
    if (kind === 1) return Array.from({ length: count }, token);
    return Object.fromEntries(Array.from({ length: count }, () => [token(), token()]));
  }

  // --- writing ------------------------------------------------------------------------------

  const dated = (time) => ({ at: time });

  function writeItem(to, entry, item, kept) {
    const reviewed = entry.review || null;
    const simple = entry.tries === 1 && !entry.shown && entry.best === entry.points &&
      !reviewed && entry.first.points === entry.points && !entry.first.hinted;
    to.flag(simple);
    writePoints(to, entry.points);
    if (!simple) {
      to.few(Math.min(entry.tries, 63) - 1);
      to.flag(entry.shown);
      writePoints(to, entry.best);
      writePoints(to, entry.first.points);
      to.few(Math.max(0, dayOf(entry.at) - dayOf(entry.first.at)));
      to.flag(entry.first.hinted);
      to.flag(reviewed);
      if (reviewed) {
        to.put(reviewed.box, 3);
        to.few(Math.max(0, dayOf(entry.at) - dayOf(reviewed.at)));
        const days = reviewed.due === null ? 0
          : Math.max(0, Math.round((Date.parse(reviewed.due) - Date.parse(reviewed.at)) / (DAY * MINUTE))) + 1;
        to.few(Math.min(days, 400));
        const known = reviewed.stability > 0 && reviewed.difficulty > 0;
        to.flag(known);
        if (known) {
          to.few(Math.min(Math.round(reviewed.stability * 10), 9999));
          to.few(Math.min(Math.round(reviewed.difficulty * 10), 127));
        }
      }
    }
    // What is right is the key: words come back as the course has them.
    if (entry.points !== 1) writeResponse(to, kept ? entry.response : null, item[2]);
  }

  function readItem(from, day, item) {
    const at = timeOfDay(day);
    const [version, type, ids, , key] = item;
    const simple = from.flag();
    const points = readPoints(from);
    /** @type {any} */
    const entry = {
      v: ENTRY, at, item: version, type, response: null, points, tries: 1, best: points,
      shown: false, first: { response: null, points, at }, earlier: [],
    };
    if (!simple) {
      entry.tries = from.few() + 1;
      entry.shown = from.flag();
      entry.best = readPoints(from);
      entry.first.points = readPoints(from);
      entry.first.at = timeOfDay(Math.max(0, day - from.few()));
      if (from.flag()) entry.first.hinted = true;
      if (from.flag()) {
        const box = from.take(3);
        const then = timeOfDay(Math.max(0, day - from.few()));
        const days = from.few();
        entry.review = { box, due: days ? inDays(then, days - 1) : null, at: then };
        if (from.flag()) {
          entry.review.stability = from.few() / 10;
          entry.review.difficulty = from.few() / 10;
        }
      }
    }
    entry.response = points === 1 ? key : readResponse(from, ids);
    if (simple) entry.first.response = entry.response;
    return entry;
  }

  /**
   * Writes an attempt: when it was begun (25) and ended (few minutes later), its seed (32; once it
   * has ended only what tells it from another, 8), its place while it is open, its points (16) and
   * whether it is passed; its items, each with module, number, mark, points and answer.
   */
  function writeAttempt(to, table, attempt, { given, asked }) {
    const ended = Boolean(attempt.ended);
    const begun = minuteOf(attempt.begun);
    to.put(begun, 25);
    to.flag(ended);
    to.put(attempt.seed, ended ? 8 : 32);
    if (ended) {
      to.few(Math.max(0, minuteOf(attempt.ended) - begun));
      to.put(Math.round(attempt.points * FINE), 16);
      to.put(attempt.passed === null || attempt.passed === undefined ? 0 : attempt.passed ? 2 : 1, 2);
    } else to.few(attempt.place);
    const items = ended && !asked ? []
      : attempt.items.filter(({ id }) => partsOf(table, id));
    to.few(items.length);
    let last = -1;
    for (const { id, version } of items) {
      const { module, number } = /** @type {any} */ (partsOf(table, id));
      to.flag(module === last);
      if (module !== last) to.put(module, 5);
      last = module;
      to.few(number);
      to.put(markOf(version), 6);
      if (ended) writePoints(to, attempt.results[id] || 0);
      if (ended && attempt.results[id] === 1) continue; // it is the key
      const answer = given && version === table.items[id][0] && attempt.answers[id];
      writeResponse(to, answer ? answer.response : null, table.items[id][2]);
    }
  }

  function readAttempt(from, table, test, modules) {
    const begun = from.take(25);
    const ended = from.flag();
    const seed = from.take(ended ? 8 : 32);
    /** @type {any} */
    const attempt = {
      v: ENTRY, at: timeOf(begun), test, kind: table.tests[test] || '', course: table.version,
      id: timeOf(begun) + '-' + seed.toString(36), begun: timeOf(begun), ended: null, seed, place: 0,
      items: [], answers: {}, results: {}, points: null, passed: null,
    };
    if (ended) {
      attempt.ended = attempt.at = timeOf(begun + from.few());
      attempt.points = from.take(16) / FINE;
      attempt.passed = [null, false, true][from.take(2)];
    } else attempt.place = from.few();
    const count = from.few();
    let module = '';
    for (let at = 0; at < count; at += 1) {
      if (!from.flag()) module = modules[from.take(5)];
      const id = idOf(module, from.few());
      const mark = from.take(6);
      const item = itemFor(table, id, mark);
      const points = ended ? readPoints(from) : 0;
      const response = points === 1 ? item[4] : readResponse(from, item[2]);
      attempt.items.push({ id, version: item[0], type: item[1] });
      if (ended) attempt.results[id] = points;
      if (response !== null) attempt.answers[id] = Object.assign({ response }, dated(attempt.at));
    }
    attempt.place = Math.min(attempt.place, Math.max(0, attempt.items.length - 1));
    return attempt;
  }

  /** Gives what the course has of an item; of one that has changed or is gone, that it is not this. */
  function itemFor(table, id, mark) {
    const item = Object.hasOwn(table.items, id) ? table.items[id] : null;
    return item && markOf(item[0]) === mark ? item : ['?', item ? item[1] : 'single', [], '', null];
  }

  function numberIn(module, section) {
    const found = new RegExp('^' + module + '-s(\\d{1,2})$').exec(section);
    return found ? Number(found[1]) : 0;
  }

  /** Writes what was read of a module; its place is 0 for none and 1 for the end. */
  function writeRead(to, module, entry, all) {
    const sections = all ? Object.keys(entry.sections).map((id) => numberIn(module, id)).filter(Boolean) : [];
    to.put(minuteOf(entry.at), 25);
    to.few(!entry.place ? 0 : entry.place === module + '-' + END ? 1 : numberIn(module, entry.place) + 1);
    to.put(!all || entry.done === undefined || entry.done === null ? 0 : entry.done ? 2 : 1, 2);
    to.few(sections.length ? Math.max(...sections) : 0);
    for (let number = 1; sections.length && number <= Math.max(...sections); number += 1) {
      to.flag(sections.includes(number));
    }
  }

  function readRead(from, module) {
    const at = timeOf(from.take(25));
    /** @type {any} */
    const entry = { v: ENTRY, at, sections: {} };
    const place = from.few();
    if (place) entry.place = module + '-' + (place === 1 ? END : 's' + (place - 1));
    const done = from.take(2);
    if (done) entry.done = done === 2 ? at : '';
    const count = from.few();
    for (let number = 1; number <= count; number += 1) {
      if (from.flag()) entry.sections[module + '-s' + number] = at;
    }
    return entry;
  }

  /** Gives of the attempts at a test those that are written. */
  function chosen(attempts, older) {
    const order = attempts.slice().sort((a, b) => begunAt(a) - begunAt(b) || (canonical(a) < canonical(b) ? -1 : 1));
    const open = order.filter((one) => !one.ended).slice(-1);
    const ended = order.filter((one) => one.ended);
    const best = bestAttempt(ended);
    const passed = ended.filter((one) => one.passed).slice(0, 1);
    const first = ended.slice(0, 1);
    const wanted = new Set([...first, ...passed, ...(best ? [best] : []),
      ...ended.slice(older ? -ATTEMPTS : -1), ...open]);
    return order.filter((one) => wanted.has(one));
  }

  /** Writes a record, without what is left out; gives its text. */
  function written(table, entries, without, practice) {
    const to = writer();
    const keys = Object.keys(entries).sort();
    const of = (kind) => keys.filter((key) => key.startsWith(kind + '/'));

    to.put(table.modules.length, 5);
    table.modules.forEach(to.words);

    const items = of('item').flatMap(function (key) {
      const parts = partsOf(table, key.slice(5));
      return parts ? [Object.assign({ entry: entries[key], id: key.slice(5), day: dayOf(entries[key].at) }, parts)] : [];
    }).sort((a, b) => a.day - b.day || a.module - b.module || a.number - b.number);
    const kept = items.slice(Math.max(0, items.length - practice));
    to.few(kept.length);
    let last = { day: -1, module: -1, number: 0 };
    for (const one of kept) {
      to.flag(one.day === last.day);
      if (one.day !== last.day) {
        to.put(one.day, 15);
        last = { day: one.day, module: -1, number: 0 };
      }
      to.flag(one.module === last.module);
      if (one.module !== last.module) {
        to.put(one.module, 5);
        last.number = 0;
      }
      to.few(one.number - last.number);
      to.put(markOf(one.entry.item), 6);
      writeItem(to, one.entry, table.items[one.id],
        !without.has('given') && one.entry.item === table.items[one.id][0]);
      last = one;
    }

    const tests = Array.from(new Set(of('attempt').map((key) => key.split('/')[1])));
    to.few(tests.length);
    for (const test of tests) {
      const attempts = chosen(of('attempt/' + test).map((key) => entries[key]), !without.has('older'));
      const module = table.modules.findIndex((id) => test === id + '-quiz');
      to.flag(module >= 0);
      if (module >= 0) to.put(module, 5);
      else to.words(test);
      to.few(attempts.length);
      for (const attempt of attempts) {
        writeAttempt(to, table, attempt, {
          given: !without.has(attempt.ended ? 'given-tests' : 'open'), asked: !without.has('asked'),
        });
      }
    }

    const read = of('read').filter((key) => table.modules.includes(key.slice(5)));
    to.few(read.length);
    for (const key of read) {
      to.put(table.modules.indexOf(key.slice(5)), 5);
      writeRead(to, key.slice(5), entries[key], !without.has('read'));
    }

    const known = ['work', 'promise', 'draft', 'me'];
    const texts = keys.filter(function (key) {
      const kind = key.split('/')[0];
      if (['item', 'attempt', 'read', 'undo'].includes(kind)) return false;
      return !without.has(known.includes(kind) ? kind : 'other');
    });
    to.few(texts.length);
    for (const key of texts) {
      to.words(key);
      to.words(JSON.stringify(entries[key]));
    }
    const text = FORMAT + signsOf(to.bits);
    return text + checkOf(text);
  }

  /** Says whether leaving something out would change anything. */
  function concerns(kind, entries) {
    const attempts = () => Object.keys(entries).filter((key) => key.startsWith('attempt/'))
      .map((key) => entries[key]);
    if (kind === 'given-tests' || kind === 'asked') return attempts().some((one) => one.ended);
    if (kind === 'older') return attempts().filter((one) => one.ended).length > 1;
    if (kind === 'open') return attempts().some((one) => !one.ended);
    const name = { given: 'item', practice: 'item' }[kind] || kind;
    if (kind === 'other') return true;
    return Object.keys(entries).some((key) => key.split('/')[0] === name);
  }

  /**
   * Writes a record in few signs.
   * @param {CompactTable} table  what the course has of modules, items and tests
   * @param {Record<string, Entry>} entries  the record: entry by key
   * @param {number} room  how many signs there may be
   * @returns {{text: string, dropped: string[]}} dropped: names of what was left out, in the order
   *   of DROPPED
   */
  function encode(table, entries, room) {
    /** @type {Set<string>} */
    const without = new Set();
    let text = written(table, entries, without, Infinity);
    let practice = Infinity;
    for (const kind of DROPPED) {
      if (text.length <= room) break;
      if (!concerns(kind, entries)) continue;
      if (kind === 'practice') {
        let most = Object.keys(entries).filter((key) => key.startsWith('item/')).length;
        let least = 0; // so many answers are known to fit, or it is not known that any do
        while (least < most) {
          const middle = Math.ceil((least + most) / 2);
          if (written(table, entries, without, middle).length <= room) least = middle;
          else most = middle - 1;
        }
        practice = least;
      }
      without.add(kind);
      const next = written(table, entries, without, practice);
      if (next.length === text.length) without.delete(kind);
      text = next;
    }
    return { text, dropped: DROPPED.filter((kind) => without.has(kind)) };
  }

  // --- reading ------------------------------------------------------------------------------

  /**
   * Reads what encode has written.
   * @param {CompactTable} table
   * @param {string} text
   * @returns {{entries: Record<string, Entry>, error: '' | 'damaged' | 'newer'}}
   */
  function decode(table, text) {
    const entries = {};
    if (!text) return { entries, error: '' };
    if (checkOf(text.slice(0, -CHECKS)) !== text.slice(-CHECKS)) return { entries, error: 'damaged' };
    if (text[0] !== FORMAT) return { entries, error: 'newer' };
    const bits = Array.from(text.slice(1, -CHECKS))
      .flatMap((sign) => [5, 4, 3, 2, 1, 0].map((by) => (SIGNS.indexOf(sign) >> by) & 1));
    try {
      readAll(reader(bits), table, entries);
    } catch (error) {
      return { entries: {}, error: 'damaged' };
    }
    for (const [key, entry] of Object.entries(entries)) {
      if (!isValid(key, entry)) delete entries[key];
    }
    return { entries, error: '' };
  }

  function readAll(from, table, entries) {
    const modules = Array.from({ length: from.take(5) }, from.words);

    let [day, module, number] = [-1, '', 0];
    for (let left = from.few(); left > 0; left -= 1) {
      if (!from.flag()) {
        day = from.take(15);
        [module, number] = ['', 0];
      }
      if (!from.flag()) {
        module = modules[from.take(5)];
        number = 0;
      }
      number += from.few();
      const id = idOf(module, number);
      const entry = readItem(from, day, itemFor(table, id, from.take(6)));
      if (Object.hasOwn(table.items, id)) entries['item/' + id] = entry;
    }

    for (let left = from.few(); left > 0; left -= 1) {
      const test = from.flag() ? modules[from.take(5)] + '-quiz' : from.words();
      for (let count = from.few(); count > 0; count -= 1) {
        const attempt = readAttempt(from, table, test, modules);
        entries['attempt/' + test + '/' + attempt.id] = attempt;
      }
    }

    for (let left = from.few(); left > 0; left -= 1) {
      const name = modules[from.take(5)];
      entries['read/' + name] = readRead(from, name);
    }

    for (let left = from.few(); left > 0; left -= 1) {
      const key = from.words();
      entries[key] = JSON.parse(from.words());
    }
  }

  player.compact = { FORMAT, DROPPED, encode, decode };
}(globalThis.imlPlayer));
