// needs: core/values
/* Result codes: what a screen shows at the end of a test, for a trainer to type or photograph.
   Nothing here touches the page. results/codes.py reads the same; tests/codes.json holds both to
   it.

   A code is 20 to 28 signs of Crockford's base 32 (0-9 and A-Z without I, L, O and U), of 5 bits
   each, in groups of four. From the first sign to the last:

     1   the format: 1
     2   the test, by its place (see course/result_codes.py)
     3-4 the edition of the test; 0 if it asked something in other words than its course has now
     5-8 the learner: 20 bits that follow from the account of the record, and from no name; the
         same in every test of one record
     9-12 5 bits that follow from the lines of the result; 3 bits, the number of the attempt (0: the
         eighth or a later one); 12 bits, the days since 1 January 2026
     then 4, 8 or 12 signs: the results, as one number. Line by line, it is multiplied by how many
         results the line can have, and the result is added: points times steps, rounded, but
         everything and nothing only where it is so
     the last four: check signs, the Reed-Solomon code RS(n, n - 4) over GF(32), with x^5 + x^2 + 1
         and the roots a, a^2, a^3 and a^4

   Two codes that fit differ in five signs at least. So up to four wrong signs always show, as do
   any two that changed places; of all else, one in 32^4 = 1,048,576 does not show. One or two
   wrong signs can even be told from one another, by their place. Of a code that was typed, spaces,
   dashes, capitals, and I, L, O and U for 1, 1, 0 and V are forgiven. It proves nothing about a
   person: whoever knows this can write a code. */
(function (player) {
  'use strict';
  const { SIGNS, personOf } = player.values;
  const ALIKE = { I: '1', L: '1', O: '0', U: 'V' };
  const FORMAT = 1;
  const PREFIX = 'IML ';
  const HEAD = 12;
  const CHECKS = 4;
  const GROUP = 4;
  const LENGTHS = [20, 24, 28];
  const FIRST_DAY = Date.UTC(2026, 0, 1);
  const DAY = 86400000;
  const DAYS = 4096;
  const BETWEEN = /[\s\u00a0.,\-_\u2010-\u2015\u2212]/u;

  // --- the field of 32, and the check signs ---------------------------------------------------

  /** @type {number[]} the powers of a, twice over, so that two logarithms can be added */
  const POWER = [];
  /** @type {number[]} */
  const LOG = [];
  for (let at = 0, value = 1; at < 31; at += 1) {
    POWER[at] = POWER[at + 31] = value;
    LOG[value] = at;
    value = value * 2 ^ (value > 15 ? 37 : 0);
  }

  function times(one, other) {
    return one && other ? POWER[LOG[one] + LOG[other]] : 0;
  }

  function over(one, other) {
    return one ? POWER[LOG[one] + 31 - LOG[other]] : 0;
  }

  /** The product of (x - a) to (x - a^4), without its first term. */
  const GENERATOR = [1, 2, 3, 4].reduce((all, root) =>
    all.concat(0).map((value, at) => value ^ times(at ? all[at - 1] : 0, POWER[root])), [1]).slice(1);

  /** Gives the check signs of some values. */
  function checksOf(values) {
    const rest = Array(CHECKS).fill(0);
    for (const value of values) {
      const first = value ^ rest.shift();
      rest.push(0);
      GENERATOR.forEach((factor, at) => { rest[at] ^= times(factor, first); });
    }
    return rest;
  }

  /** Gives what is left of a code at each root: nothing, if it fits. */
  function leftOf(values) {
    return [1, 2, 3, 4].map((root) =>
      values.reduce((sum, value) => times(sum, POWER[root]) ^ value, 0));
  }

  /**
   * Finds the one or two signs that are wrong.
   * @param {number[]} values
   * @param {number[]} left  what leftOf gives
   * @returns {[number, number][]} [place, what has to be added]; nothing if there are more
   */
  function slipsIn(values, left) {
    const at = (place, root) => POWER[(values.length - 1 - place) * root % 31];
    for (let one = 0; one < values.length; one += 1) {
      const error = over(left[0], at(one, 1));
      if (error && left.every((rest, n) => rest === times(error, at(one, n + 1)))) return [[one, error]];
    }
    for (let one = 0; one < values.length; one += 1) {
      for (let other = one + 1; other < values.length; other += 1) {
        // left[0] = e x + f y and left[1] = e x^2 + f y^2 give e and f; the others have to agree.
        const [x, y] = [at(one, 1), at(other, 1)];
        const f = over(left[1] ^ times(left[0], x), times(y, x ^ y));
        const e = over(left[0] ^ times(f, y), x);
        if (e && f && left.every((rest, n) =>
          rest === (times(e, at(one, n + 1)) ^ times(f, at(other, n + 1))))) return [[one, e], [other, f]];
      }
    }
    return [];
  }

  // --- numbers and signs ------------------------------------------------------------------------

  /** Writes a number as so many values of 5 bits. */
  function valuesOf(number, count) {
    const all = BigInt(number);
    return Array.from({ length: count }, (_, at) =>
      Number((all >> BigInt(5 * (count - 1 - at))) & BigInt(31)));
  }

  function numberOf(values) {
    return values.reduce((all, value) => (all << BigInt(5)) | BigInt(value), BigInt(0));
  }

  function written(values) {
    return values.map((value) => SIGNS[value]).join('');
  }

  /** Writes a code as it is shown: in groups of four. */
  function grouped(code) {
    return code.replace(/(.{4})(?=.)/g, '$1 ');
  }

  /** Gives the day of a time as the learner's calendar has it, in days since the first. */
  function dayOf(time) {
    const when = new Date(time);
    return Math.floor((Date.UTC(when.getFullYear(), when.getMonth(), when.getDate()) - FIRST_DAY) / DAY);
  }

  /** Rounds points to steps: everything and nothing only where it is so. */
  function stepsOf(points, count, steps) {
    const most = count * steps;
    if (points > count - 1e-6) return most;
    if (points < 1e-6) return 0;
    return Math.min(Math.max(Math.round(points * steps), steps > 1 ? 1 : 0), most - 1);
  }

  /**
   * Writes the code of a result.
   * @param {CodedTest} test
   * @param {{person: number, attempt: number, ended: Time, present: boolean,
   *   points: Record<string, {points: number, count: number}>}} result  attempt: from 1; present:
   *   whether all was asked as the course has it now; points: by the name of a line
   * @returns {string} without spaces; empty if the result does not have the lines of the test
   */
  function encode(test, { person, attempt, ended, present, points }) {
    const day = dayOf(ended);
    const fits = test.rows.every(([name, count]) => points[name] && points[name].count === count) &&
      Object.keys(points).length === test.rows.length;
    if (!fits || !(day >= 0 && day < DAYS)) return '';
    const results = test.rows.reduce((all, [name, count, steps]) => all * BigInt(count * steps + 1) +
      BigInt(stepsOf(points[name].points, count, steps)), BigInt(0));
    const values = [FORMAT, test.place].concat(valuesOf(present ? test.edition : 0, 2),
      valuesOf(person, 4),
      valuesOf(test.shape * 32768 + (attempt > 7 ? 0 : attempt) * DAYS + day, 4),
      valuesOf(results, test.signs));
    return written(values.concat(checksOf(values)));
  }

  /**
   * Gives the result of a test as the lines of its code have it.
   * @param {CodedTest} test
   * @param {{objective: string, points: number, count: number}[]} rows  of marking.byObjective
   */
  function pointsFor(test, rows) {
    /** @type {Record<string, { points: number; count: number }>} */
    const found = {};
    for (const { objective, points, count } of rows) {
      const name = [objective, player.values.moduleOf(objective), '']
        .find((one) => test.rows.some(([line]) => line === one));
      if (name === undefined) return {};
      const line = found[name] = found[name] || { points: 0, count: 0 };
      line.points += points;
      line.count += count;
    }
    return found;
  }

  // --- reading ----------------------------------------------------------------------------------

  /** Gives the place of a group, from 1, in which a sign of a code stands. */
  function groupAt(place) {
    return Math.floor(place / GROUP) + 1;
  }

  /**
   * Reads a code that somebody has typed, or that a photo holds.
   * @param {string} text
   * @param {CodedTest[]} tests  of this course
   * @returns {ReadResult}  with error, or with the result. error: empty; strange (sign is no sign of
   *   a code); length (count signs, where there have to be one of wanted); slip (a check sign does
   *   not fit; groups: where, and meant: what it may have to be, if one or two signs are wrong);
   *   newer (of a later format); test (of no test of this course); edition (test was another one
   *   when this code was made)
   */
  function decode(text, tests) {
    const bare = text.normalize('NFKC').trim().replace(/^IML(?=[\s:])[\s:]+/i, '');
    const signs = Array.from(bare.toUpperCase()).filter((sign) => !BETWEEN.test(sign))
      .map((sign) => ALIKE[sign] || player.values.digitOf(sign) || sign);
    if (!signs.length) return { error: 'empty' };
    const strange = signs.findIndex((sign) => !SIGNS.includes(sign));
    if (strange >= 0) return { error: 'strange', sign: signs[strange], groups: [groupAt(strange)] };
    if (!LENGTHS.includes(signs.length)) {
      return { error: 'length', count: signs.length, wanted: LENGTHS.slice() };
    }
    const values = signs.map((sign) => SIGNS.indexOf(sign));
    const left = leftOf(values);
    if (left.some(Boolean)) {
      const slips = slipsIn(values, left);
      for (const [place, error] of slips) values[place] ^= error;
      const meant = grouped(written(values));
      // With more slips than two, what was found is chance, and seldom a code of this course.
      if (!slips.length || decode(meant, tests).error) return { error: 'slip', groups: [], meant: '' };
      return {
        error: 'slip', groups: Array.from(new Set(slips.map(([place]) => groupAt(place)))), meant,
      };
    }
    if (values[0] !== FORMAT) return { error: 'newer' };
    const test = tests.find(({ place }) => place === values[1]);
    if (!test) return { error: 'test' };
    const edition = Number(numberOf(values.slice(2, 4)));
    const [person, about] = [4, 8].map((from) => Number(numberOf(values.slice(from, from + 4))));
    let results = numberOf(values.slice(HEAD, -CHECKS));
    const rows = test.rows.slice().reverse().map(function ([name, count, steps]) {
      const range = BigInt(count * steps + 1);
      const points = Number(results % range) / steps;
      results /= range;
      return { name, points, count };
    }).reverse();
    const present = edition === test.edition;
    const same = signs.length === HEAD + test.signs + CHECKS && results === BigInt(0) &&
      (present || about >> 15 === test.shape);
    if (!same) return { error: 'edition', test: test.test };
    return {
      code: grouped(signs.join('')), test: test.test, present,
      person: written(valuesOf(person, 4)),
      attempt: (about >> 12) % 8 || 8,
      date: new Date(FIRST_DAY + about % DAYS * DAY).toISOString().slice(0, 10), rows,
    };
  }

  player.code = { PREFIX, SIGNS, encode, decode, grouped, personOf, pointsFor };
}(globalThis.imlPlayer));
