// needs: core/values group/analysis
/* Tables of answers and lists of the questions of a sheet, as imlcourse/results/readers/rows.py
   reads them; that file says what the columns are. */
(function (player) {
  'use strict';
  const { isObject } = player.values;
  const { BEFORE, AFTER, FINAL, START, PRACTICE } = player.analysis;
  const COLUMNS = ['participant', 'name', 'test', 'item', 'question', 'version', 'answer', 'points',
    'date'];
  const SHEET = ['test', 'version', 'question', 'item', 'order'];
  const FOR_ANSWERS = ['participant', 'answer', 'points'];
  const VERSION = /^[A-Za-z0-9._-]{0,80}$/;
  const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
  const DAY = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
  const CHOSEN = ['single', 'multiple', 'truefalse'];

  /** Gives the moment of a day, or of a time, that is written as in 2026-11-27; null of none. */
  function moment(words) {
    if (!DAY.test(words)) return null;
    const zoned = words.length === 10 || /(?:Z|[+-]\d\d:?\d\d)$/.test(words.slice(10));
    const found = Date.parse(zoned ? words : words + 'Z');
    // The 31st of February is no 3rd of March.
    const inMonth = new Date(Date.UTC(Number(words.slice(0, 4)), Number(words.slice(5, 7)), 0));
    return Number.isNaN(found) || Number(words.slice(8, 10)) > inMonth.getUTCDate() ? null : found;
  }

  /** Gives the rows of a CSV file, whichever of comma, semicolon and tab divides them. */
  function csvRows(text) {
    const head = text.split('\n', 1)[0];
    const [divider] = [',', ';', '\t']
      .map((sign) => /** @type {[string, number]} */ ([sign, head.split(sign).length]))
      .sort((a, b) => b[1] - a[1])[0];
    const rows = [];
    let [row, cell, quoted, line] = [/** @type {string[]} */ ([]), '', false, 1];
    function endRow() {
      row.push(cell.trim());
      rows.push([line, row]);
      [row, cell] = [[], ''];
    }
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      if (quoted) {
        if (sign === '"' && text[at + 1] === '"') {
          cell += sign;
          at += 1;
        } else if (sign === '"') quoted = false;
        else cell += sign;
        if (sign === '\n') line += 1;
      } else if (sign === '"' && !cell) quoted = true;
      else if (sign === divider) {
        row.push(cell.trim());
        cell = '';
      } else if (sign === '\n' || sign === '\r') {
        if (sign === '\r' && text[at + 1] === '\n') at += 1;
        endRow();
        line += 1;
      } else cell += sign;
    }
    if (cell || row.length) endRow();
    return rows;
  }

  /**
   * Reads the first row of a table; null, and a problem, if it is not what it has to be.
   * @param {[number, string[]][]} all
   * @param {(line: number, what: string, values?: object) => void} tell
   */
  function readHeads(all, tell) {
    const filled = all.filter(([, row]) => row.some(Boolean));
    if (!filled.length) return null;
    const [[line, first], ...rows] = filled;
    /** @type {Map<string, number>} */
    const heads = new Map();
    first.forEach(function (head, at) { if (head) heads.set(head.toLowerCase(), at); });
    const has = (head) => heads.has(head);
    const cell = (row, head) => row[heads.get(head) ?? -1] || '';
    if (has('code') && !['item', 'question', 'answer', 'points'].some(has)) {
      return { codes: true, lists: false, rows, cell };
    }
    const lists = has('question') && has('item') && !FOR_ANSWERS.some(has);
    const wanted = lists ? ['test', 'question', 'item'] : ['participant', 'test'];
    if (!lists && !has('item') && !has('question')) wanted.push('item');
    if (!lists && !has('answer') && !has('points')) wanted.push('answer');
    const missing = wanted.filter((head) => !has(head)).sort();
    if (missing.length) {
      tell(line, 'columns', { missing: missing.join(', '), columns: COLUMNS.join(', ') });
      return null;
    }
    return { codes: false, lists, rows, cell };
  }

  const placeOf = (test, version, question) =>
    JSON.stringify([test, version.toLowerCase(), question]);

  /** Learns which item a question is; says whether nobody has said otherwise. */
  function learned(known, place, entry) {
    const there = known.get(place);
    if (!there) known.set(place, entry);
    if (!there) return true;
    if (there.item !== entry.item) return false;
    // Of the list and the places of one test, the places tell more.
    if (entry.version && !there.version) {
      known.set(place, entry);
      return true;
    }
    return JSON.stringify(there) === JSON.stringify(entry) || Boolean(there.version && !entry.version);
  }

  /** Reads a list of a sheet's questions into those that are known. */
  function sheetQuestions({ rows, cell }, known, tell) {
    for (const [line, row] of rows) {
      const [test, version, question, item, order] = SHEET.map((head) => cell(row, head));
      const entry = { item, order: order.toLowerCase().replaceAll(' ', ''), version: '', labels: [] };
      const place = placeOf(test, version, question);
      if (!question || !item) tell(line, 'question');
      else if (!learned(known, place, entry)) {
        tell(line, 'contradicts', { question, item: known.get(place).item });
      }
    }
  }

  /** Says whether something is the file of places that is made beside the sheets of a test. */
  function isPlaces(read) {
    return isObject(read) && ['test', 'form', 'versions'].every((name) => Object.hasOwn(read, name));
  }

  /** Reads the questions of sheets from that file. */
  function sheetPlaces(told, known, tell) {
    const found = [];
    try {
      for (const [letter, version] of Object.entries(told.versions)) {
        for (const one of version.questions) {
          const boxes = CHOSEN.includes(one.type) ? one.lines.flatMap((line) => line.boxes) : [];
          let labels = boxes.map(({ label, answer }) => [String(label).toLowerCase(), String(answer)]);
          if (new Set(labels.map(([label]) => label)).size < labels.length) labels = [];
          found.push([placeOf(String(told.test), letter, String(one.number)),
            { item: String(one.item), order: '', version: String(one.item_version), labels }]);
        }
      }
    } catch {
      tell(0, 'places');
      return;
    }
    if (!found.map(([place, one]) => learned(known, place, one)).every(Boolean)) {
      tell(0, 'sheets', { test: told.test });
    }
  }

  /** Gives the id of each option by its letter in an order of a sheet; null if it does not fit. */
  function lettersIn(item, order) {
    const shown = item && item.letters ? item.letters : [];
    const letters = shown.map((_, at) => String.fromCharCode(97 + at));
    if (!order || !shown.length || Array.from(order).sort().join('') !== letters.join('')) return null;
    return Array.from(order, (letter, at) =>
      [letters[at], shown[letters.indexOf(letter)]]);
  }

  /** Gives the answer of a row, or {wrong, values}. */
  function answerOf(item, id, version, labels, written, points) {
    const present = item && ['', item.version].includes(version);
    const asked = version || (item ? item.version : '');
    let response = null;
    if (present && written) {
      response = item.read ? item.read(labels, written) : null;
      if (response === null && !points) return { wrong: 'answer', values: { written, item: id } };
    }
    if (points) {
      const number = NUMBER.test(points.replace(',', '.')) ? Number(points.replace(',', '.')) : -1;
      if (!(number >= 0 && number <= 1)) return { wrong: 'points', values: { points } };
      return { item: id, version: asked, points: number, response };
    }
    if (written && !present) return { wrong: 'reworded', values: { item: id } };
    return { item: id, version: asked, points: written ? item.score(response) : 0, response };
  }

  /**
   * Reads the answers of a table.
   * @param {any} table  as readHeads gives it
   * @param {GroupCourse} course
   * @param {Map<string, any>} questions  of sheets
   * @param {(line: number, what: string, values?: object) => void} tell
   * @returns {Map<string, any>} what it says of each participant
   */
  function readTable({ rows, cell }, course, questions, tell) {
    const people = new Map();
    const tests = [BEFORE, AFTER, FINAL, START, PRACTICE, ...course.quizzes];
    for (const [line, row] of rows) {
      const [code, test, day] = ['participant', 'test', 'date'].map((head) => cell(row, head));
      let [id, version] = [cell(row, 'item'), cell(row, 'version')];
      let labels = null;
      if (cell(row, 'open')) {
        tell(line, 'open');
        continue;
      }
      if (!code) {
        tell(line, 'participant');
        continue;
      }
      if (!tests.includes(test)) {
        tell(line, 'test', { test });
        continue;
      }
      if (!VERSION.test(version)) {
        tell(line, 'version', { version });
        continue;
      }
      if (!id) {
        const question = cell(row, 'question');
        const found = questions.get(placeOf(test, version, question));
        if (!found) {
          tell(line, 'which', { question, test, version });
          continue;
        }
        [id, version] = [found.item, found.version];
        labels = found.labels.length ? found.labels : null;
        if (found.order) {
          labels = lettersIn(course.items[id], found.order);
          if (!labels) {
            tell(line, 'order', { order: found.order, item: id });
            continue;
          }
        }
      }
      const item = Object.hasOwn(course.items, id) ? course.items[id] : null;
      if (!item && !course.retired.includes(id)) {
        tell(line, 'item', { item: id });
        continue;
      }
      const answer = answerOf(item, id, version, labels, cell(row, 'answer'), cell(row, 'points'));
      if (answer.wrong) {
        tell(line, answer.wrong, answer.values);
        continue;
      }
      if (day && moment(day) === null) {
        tell(line, 'day', { day });
        continue;
      }
      if (!people.has(code)) people.set(code, { name: '', sittings: new Map() });
      const person = people.get(code);
      person.name = person.name || cell(row, 'name');
      const sitting = JSON.stringify([test, day]);
      if (!person.sittings.has(sitting)) person.sittings.set(sitting, { test, day, asked: new Map() });
      const { asked } = person.sittings.get(sitting);
      if (asked.has(id)) tell(line, 'twice', { item: id, line: asked.get(id)[0] });
      else asked.set(id, [line, answer]);
    }
    return people;
  }

  /** Gives the tests of a participant, and the answers to items of practice. */
  function sittingsOf({ sittings }) {
    const all = Array.from(sittings.values(), ({ test, day, asked }) => ({
      test, begun: moment(day) || 0, edition: '',
      answers: Array.from(asked.values(), ([, answer]) => answer),
    }));
    return {
      finished: all.filter((one) => one.test !== PRACTICE),
      practice: all.filter((one) => one.test === PRACTICE).flatMap((one) => one.answers),
    };
  }

  player.tables = { csvRows, readHeads, sheetQuestions, sheetPlaces, isPlaces, readTable, sittingsOf };
}(globalThis.imlPlayer));
