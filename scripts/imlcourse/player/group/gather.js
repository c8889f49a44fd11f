// needs: core/values group/codes group/hash group/statements group/tables
/* From files to learners, as imlcourse/results/gather.py does it: every file read, the same learner
   brought together, pseudonyms in an order that tells nothing of names. Nothing here touches the
   page or a store.

   It goes in two steps, since the items that are named have to be opened in between: parse says
   what stands in the files and which items, gathered makes learners of it. */
(function (player) {
  'use strict';
  const { readRecords, voidedIn, join, record, sittingsOf, practiceOf } = player.statements;
  const { csvRows, readHeads, sheetQuestions, sheetPlaces, isPlaces, readTable } = player.tables;

  const ABOUT_A_DAY = 36 * 3600000;
  const folded = (name) => name.toLowerCase().split(/\s+/).filter(Boolean).join(' ');

  /**
   * Gives what a group's answers are held against.
   * @param {Course} about  with the items of its modules
   * @param {{retired: string[], quizzes: Record<string, string>}} more  ids of items that the course
   *   has no more, and of quizzes
   * @returns {GroupCourse}
   */
  function courseOf(about, { retired, quizzes }) {
    const { modules } = about;
    return {
      iri: about.iri, retired, codes: about.codes || [], modules: modules.map(({ id }) => id),
      objectives: modules.flatMap(({ id, objectives }) => objectives
        .map((one) => /** @type {[string, string]} */ ([id, one.id]))),
      quizzes: Object.keys(quizzes),
      items: Object.fromEntries(modules.flatMap(({ items }) => items
        .map(([id, version, objective, place]) => [id, { version, objective, place }]))),
    };
  }

  /**
   * Reads files.
   * @param {GroupFile[]} files
   * @param {string} iri  of the course
   */
  function parse(files, iri) {
    const problems = [];
    const [records, tables, questions] = [new Map(), /** @type {any[]} */ ([]), new Map()];
    /** @type {any[]} */
    const codes = [];
    const sources = files.map((file, at) => ({ number: at + 1, name: file.name, learners: 0 }));
    const voided = new Set(files.flatMap((one) => (one.kind === 'records' ? voidedIn(one.text) : [])));
    files.forEach(function (file, at) {
      const source = sources[at];
      const tell = (line, what, values = {}) =>
        problems.push({ number: source.number, file: file.name, line, what, values });
      if (file.wrong) {
        tell(0, file.wrong);
        return;
      }
      let grids = file.grids || [];
      if (file.kind === 'codes') {
        codes.push({ source, tell, lines: file.text.split(/\r?\n/).map((line, n) => [n + 1, line]) });
        return;
      }
      if (file.kind === 'table') grids = [csvRows(file.text)];
      else if (!file.grids) {
        const { text } = file;
        const places = text.includes('"versions"') && text.trimStart().startsWith('{') && placesOf(text);
        if (places) {
          sheetPlaces(places, questions, tell);
          return;
        }
        const found = readRecords(text, iri, tell, voided);
        for (const [account, one] of found) {
          if (!records.has(account)) records.set(account, { record: record(account), files: new Set() });
          join(records.get(account).record, one);
          records.get(account).files.add(source.number);
        }
        source.learners += found.size;
        return;
      }
      for (const grid of grids) {
        const table = readHeads(grid, tell);
        if (table && table.codes) {
          codes.push({ source, tell, lines: table.rows.map(([line, row]) => [line,
            table.cell(row, 'code'), table.cell(row, 'name') || table.cell(row, 'participant')]) });
        } else if (table && table.lists) sheetQuestions(table, questions, tell);
        else if (table) tables.push({ source, table, tell });
      }
    });
    return { records, tables, questions, codes, sources, problems };
  }

  function placesOf(text) {
    try {
      const read = JSON.parse(text);
      return isPlaces(read) ? read : null;
    } catch {
      return null;
    }
  }

  /** Names the items of which something is said. */
  function itemsIn({ records, tables, questions }) {
    const ids = new Set(Array.from(questions.values(), (one) => one.item));
    for (const { record: { attempts, firsts } } of records.values()) {
      for (const { items } of attempts.values()) for (const { id } of items) ids.add(id);
      for (const named of firsts.keys()) ids.add(named.split(' ')[0]);
    }
    for (const { table: { rows, cell } } of tables) for (const [, row] of rows) ids.add(cell(row, 'item'));
    return Array.from(ids);
  }

  /**
   * Makes learners of what files say.
   * @param {any} parsed  as parse gives it
   * @param {GroupCourse} course  the items that are named opened
   */
  function gathered({ records, tables, questions, codes, sources, problems }, course) {
    /** @type {Map<string, GroupLearner>} */
    const learners = new Map();
    const named = new Map();
    const byName = new Set();
    for (const [account, { record: one, files }] of records) {
      const learner = {
        account, names: one.names, sittings: sittingsOf(one), practice: practiceOf(one), files,
        besideCodes: new Set(),
      };
      learners.set(account.toLowerCase(), learner);
      for (const name of one.names) {
        if (!named.has(folded(name))) named.set(folded(name), []);
        named.get(folded(name)).push(learner);
      }
    }
    for (const { source, table, tell } of tables) {
      const people = readTable(table, course, questions, tell);
      source.learners += people.size;
      for (const [code, person] of people) {
        const key = code.toLowerCase();
        if (!learners.has(key)) {
          const same = named.get(folded(person.name || code)) || [];
          if (same.length === 1) byName.add(key);
          learners.set(key, same.length === 1 ? same[0]
            : newLearner(code));
        }
        take(/** @type {GroupLearner} */ (learners.get(key)), source.number, person);
      }
    }
    for (const { source, lines, tell } of codes) {
      const read = player.groupCodes.readCodes(lines, course.codes, tell);
      source.learners += new Set(read.map(({ person }) => person)).size;
      for (const one of read) {
        if (takeCode(learners, source.number, one)) byName.add(one.person);
      }
    }
    const used = Array.from(new Set(learners.values()))
      .filter((one) => one.sittings.length || one.practice.length);
    // Of the same moment, codes come in one order.
    for (const one of used) {
      one.sittings.sort((a, b) => a.begun - b.begun || (a.begun && a.test < b.test ? -1 : 0));
    }
    const lots = used.map((learner) =>
      ({ learner, lot: player.hash.sha256('report/' + learner.account) }));
    lots.sort((a, b) => (a.lot < b.lot ? -1 : 1));
    const width = Math.max(2, String(used.length).length);
    const coded = Object.fromEntries(lots.map(({ learner }, at) =>
      ['P' + String(at + 1).padStart(width, '0'), learner]));
    return {
      learners: coded, sources,
      problems: problems.sort((a, b) => a.number - b.number || a.line - b.line),
      merged: Object.entries(coded).filter(([, one]) => one.files.size > 1).map(([code]) => code),
      byName: byName.size, namesakes: namesakesOf(coded),
      onlyCodes: Object.values(coded).filter(isCoded).length,
      codesOfTwo: Object.entries(coded).filter(([, one]) => one.besideCodes.size > 1)
        .map(([code]) => code),
    };
  }

  function newLearner(account) {
    return {
      account, names: new Set(), sittings: [], practice: [], files: new Set(), besideCodes: new Set(),
    };
  }

  /** Says whether nothing is known of a learner but codes. */
  function isCoded({ sittings, practice }) {
    return !practice.length && sittings.every((one) => one.answers.every(({ item }) => !item));
  }

  /** Adds what a table says of a participant. */
  function take(learner, number, person) {
    const { finished, practice } = player.tables.sittingsOf(person);
    const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
    learner.files.add(number);
    if (person.name) learner.names.add(person.name);
    // The same table may be given twice, as CSV and as XLSX.
    learner.sittings.push(...finished
      .filter((one) => !learner.sittings.some((other) => isSame(one, other))));
    learner.practice.push(...practice.filter((one) => !learner.practice
      .some(({ item, version }) => item === one.item && version === one.version)));
  }

  /**
   * Adds what a code says: to whoever has the record that it belongs to, or has that name alone, or
   * to a learner of its own. Says whether the name alone has told whose it is.
   */
  function takeCode(learners, number, { person, test, name, sitting }) {
    const all = Array.from(new Set(learners.values()));
    const bySigns = all.filter(({ account, coded }) =>
      (coded || player.values.personSigns(account)) === person);
    const called = all.filter((one) => name && !bySigns.length &&
      Array.from(one.names).some((other) => folded(other) === folded(name)) &&
      // The codes of two devices are one person's if no test is in both.
      !(one.coded && one.sittings.some((other) => other.test === test)));
    const [own] = [bySigns, called].filter((some) => some.length === 1);
    const learner = own ? own[0] : { ...newLearner(person), coded: person };
    if (!own) learners.set('code/' + person, learner);
    learner.files.add(number);
    if (name) {
      learner.names.add(name);
      learner.besideCodes.add(folded(name));
    }
    // A record says more of the same sitting than its code, which tells the day and no hour.
    const known = learner.sittings.some((one) => one.test === test &&
      one.answers.every(({ item }) => item) && Math.abs(one.begun - sitting.begun) < ABOUT_A_DAY);
    if (!known) learner.sittings.push(sitting);
    return own === called;
  }

  function namesakesOf(coded) {
    const found = new Map();
    for (const [code, { names }] of Object.entries(coded)) {
      for (const name of new Set(Array.from(names, folded))) {
        found.set(name, (found.get(name) || []).concat(code));
      }
    }
    return Array.from(found.values()).filter((codes) => codes.length > 1).sort();
  }

  player.gathering = { courseOf, parse, itemsIn, gathered };
}(globalThis.imlPlayer));
