// needs: record/code
/* Result codes that a trainer types, one in each line, maybe with a name before it, as sittings of tests: a code tells points by
   objective or by module, and of no single question. */
(function (player) {
  'use strict';
  const { decode } = player.code;
  const BETWEEN = /[\s,;:|=]+/g;
  const EDGES = /^[\s,;:|="']+|[\s,;:|="']+$/g;

  /** Gives answers that earn what a line of a code says; none of them is of a known question. */
  function answersOf({ name, points, count }, present) {
    return Array.from({ length: count }, () => ({
      item: '', version: present ? '' : '?', points: points / count, response: null, objective: name,
    }));
  }

  /**
   * Finds the code in a line, and the name that may be before it; if none fits, what is wrong with
   * the one that is nearest.
   * @param {string} line
   * @param {CodedTest[]} tests
   */
  function codeIn(line, tests) {
    const starts = [0].concat(Array.from(line.matchAll(BETWEEN), (one) => one.index + one[0].length));
    const read = starts.map((at) => ({ at, ...decode(line.slice(at), tests) }));
    const best = read.find((one) => !one.error) || read.find(({ error }) => error === 'slip') ||
      read.find(({ error }) => error && !['length', 'strange', 'empty'].includes(error)) || read[0];
    return { ...best, name: line.slice(0, best.at).replace(EDGES, '').replace(/^IML$/i, '') };
  }

  /**
   * Reads codes.
   * @param {[number, string, string?][]} lines  number, code (and what may be before it), name
   * @param {CodedTest[]} tests
   * @param {(line: number, what: string, values?: object) => void} tell
   */
  function readCodes(lines, tests, tell) {
    const found = new Map(); // by code: given twice, it counts once
    for (const [number, line, named] of lines) {
      if (!line.trim() || line.trim().startsWith('#')) continue;
      /** @type {any} */
      const read = codeIn(line, tests);
      if (read.error === 'slip') {
        tell(number, read.meant ? 'slip' : 'slips', { group: read.groups.join(', '), meant: read.meant });
        continue;
      }
      if (read.error) {
        tell(number, 'code-' + read.error, { sign: read.sign, count: read.count, test: read.test });
        continue;
      }
      const there = found.get(read.code);
      found.set(read.code, {
        person: read.person, test: read.test,
        name: (named || read.name || (there && there.name) || '').trim(),
        // Noon, so that it is the same day nearly everywhere; of one day, the first attempt first.
        sitting: {
          test: read.test, begun: Date.parse(read.date + 'T12:00Z') + read.attempt,
          edition: read.present ? '' : '?',
          answers: read.rows.flatMap((row) => answersOf(row, read.present)),
        },
      });
    }
    return Array.from(found.values());
  }

  player.groupCodes = { readCodes };
}(globalThis.imlPlayer));
