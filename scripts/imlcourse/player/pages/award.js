// needs: core/values pages/course record/record
/* The certificates that a learner has earned, and the code on each. Nothing here touches the page.

   A code is 20 digits. It names nobody: the version of the course (1 + 2 + 2 digits), the track by
   its place in book/course.yml (2; 00 for the whole course), the day (year, month, day, 2 each), the
   number of the certificate (5), and two check digits by ISO/IEC 7064, MOD 97-10, as a bank account
   number (IBAN) has them: the whole, divided by 97, leaves 1. They show each single wrong digit and
   each pair that changed places, and nearly all other damage. They prove nothing about a person:
   whoever knows the rule can write a code. */
(function (player) {
  'use strict';
  const { digitOf } = player.values;
  const PARTS = /** @type {[string, number][]} */ ([['major', 1], ['minor', 2], ['patch', 2],
    ['track', 2], ['year', 2], ['month', 2], ['day', 2], ['number', 5]]);
  const LENGTH = 20;
  const CENTURY = 2000;
  const NUMBERS = 99991; // the largest prime of five digits
  // See products/certificates/signed_list.py.
  const ATTENDANCE = /^(?:[0-9A-HJKMNP-TV-Z]{5}\s*[-\u2010-\u2015]\s*[0-9A-HJKMNP-TV-Z]{5}|IMLCERT1\..*)$/isu;
  const BETWEEN = /[\s\u00a0.\-\u2010-\u2015]/u;

  /** Gives what is left of a row of digits, however long, when it is divided by 97. */
  function rest(digits) {
    return Array.from(digits).reduce((left, digit) => (left * 10 + Number(digit)) % 97, 0);
  }

  /** Gives two check digits by ISO/IEC 7064, MOD 97-10. */
  function checkDigits(digits) {
    return String(98 - rest(digits + '00')).padStart(2, '0');
  }

  /**
   * Writes the code of a certificate.
   * @param {Pick<Award, 'version' | 'place' | 'date' | 'number'>} award
   * @returns {string} 20 digits
   */
  function codeOf({ version, place, date, number }) {
    const [major, minor, patch] = version.split('.').map(Number);
    const [year, month, day] = date.split('-').map(Number);
    const values = { major, minor, patch, track: place, year: year - CENTURY, month, day, number };
    const digits = PARTS.map(([name, length]) =>
      String(values[name]).padStart(length, '0').slice(-length)).join('');
    return digits + checkDigits(digits);
  }

  /** Writes a code as it is printed: in groups of four. */
  function grouped(code) {
    return code.replace(/(.{4})(?=.)/g, '$1 ');
  }

  /**
   * Reads a code that somebody has typed.
   * @param {Pick<Course, 'tracks' | 'roles'>} course
   * @param {string} typed
   * @returns {ReadCode}  outcome: empty, attendance (the reference or the text of a certificate of
   *   attendance, which has no such code), strange (a sign that is no digit), length, slip (a check
   *   digit does not fit), other (it fits, and stands for nothing in this course) or whole
   */
  function readCode(course, typed) {
    const signs = Array.from(typed).filter((sign) => !BETWEEN.test(sign));
    const digits = signs.map(digitOf);
    if (!signs.length) return { outcome: 'empty' };
    if (ATTENDANCE.test(typed.normalize('NFKC').trim())) return { outcome: 'attendance' };
    const strange = signs.find((_, at) => digits[at] === null);
    if (strange) return { outcome: 'strange', sign: strange };
    if (digits.length !== LENGTH) return { outcome: 'length', count: digits.length, wanted: LENGTH };
    const code = digits.join('');
    if (rest(code) !== 1) return { outcome: 'slip' };
    const values = {};
    let from = 0;
    for (const [name, length] of PARTS) {
      values[name] = Number(code.slice(from, from + length));
      from += length;
    }
    const two = (value) => String(value).padStart(2, '0');
    const date = CENTURY + values.year + '-' + two(values.month) + '-' + two(values.day);
    const role = Object.keys(course.tracks || {})[values.track - 1];
    const real = !Number.isNaN(Date.parse(date)) &&
      new Date(date + 'T12:00:00Z').toISOString().startsWith(date);
    if (!real || (values.track && !role)) return { outcome: 'other' };
    return {
      outcome: 'whole', date, role: role || null,
      name: role ? course.roles[role].name : '',
      version: [values.major, values.minor, values.patch].join('.'),
      number: String(values.number).padStart(5, '0'),
    };
  }

  /** Gives the day of a time as the learner's calendar has it. */
  function dayOf(time) {
    const when = new Date(time);
    const two = (value) => String(value).padStart(2, '0');
    return when.getFullYear() + '-' + two(when.getMonth() + 1) + '-' + two(when.getDate());
  }

  /** Gives the first attempt that passed a test; null if none did. */
  function firstPass(store, test) {
    return player.record.attemptsAt(store, test).filter((one) => one.ended && one.passed)
      .sort((a, b) => (String(a.ended) < String(b.ended) ? -1 : 1))[0] || null;
  }

  /** Gives when a module was done, and the attempt by which it was passed. */
  function doneAt(store, { module }) {
    const entry = store.get('read/' + module.id) || {};
    const sections = Object.values(entry.sections || {});
    const pass = module.quiz ? firstPass(store, module.quiz.id) : null;
    const readAt = entry.done || sections.sort()[sections.length - 1] || entry.at || '';
    return { at: [readAt, pass ? pass.ended : ''].sort()[1], by: pass ? pass.id : module.id };
  }

  /**
   * Gives a number of five digits that stays the same however often it is asked: it follows from
   * when and how the tests were passed.
   */
  function numberOf(words) {
    return Array.from(words).reduce((sum, sign) =>
      (sum * 131 + Number(sign.codePointAt(0))) % NUMBERS, 7);
  }

  /** Gives the objectives that a learner has: answered as well as the module quiz asks for. */
  function skillsOf(course, store, modules) {
    const before = player.course.askedBefore(store);
    return modules.map(({ module }) => ({
      module,
      skills: (module.objectives || []).map((objective) =>
        [player.course.mastery(course, objective.id, store, before), objective.text])
        .filter(([{ share, answered }]) =>
          answered && share * 100 + 1e-9 >= (module.quiz ? module.quiz.pass : 0))
        .sort(([a], [b]) => b.share - a.share || b.answered - a.answered)
        .map(([, words]) => words),
    }));
  }

  /**
   * Gives the certificates that a learner has earned: that of the whole course first, then that of
   * the learner's own track, then those of other tracks whose modules are all done.
   * @param {Course} course
   * @param {Store} store
   * @param {CourseState} state  what stateOf gives
   * @returns {Award[]}
   */
  function awardsOf(course, store, state) {
    const stateFor = (id) => state.modules.find(({ module }) => module.id === id);
    /** @type {Award[]} */
    const awards = [];

    function add(kind, role, place, modules, last) {
      const done = modules.map((one) => doneAt(store, one));
      const at = done.map((one) => one.at).concat(last ? last.ended : []).sort().pop();
      const about = {
        kind, role, place, version: course.version, date: dayOf(at),
        number: numberOf(done.map(({ by }) => by).concat(last ? last.id : [], kind, role).join(' ')),
      };
      awards.push(Object.assign(about, {
        code: codeOf(about), name: role ? course.roles[role].name : '',
        modules: skillsOf(course, store, modules),
        minutes: modules.reduce((sum, { module }) => sum + module.minutes, 0),
        percent: last ? player.record.percent(last.points) : null,
      }));
    }

    if (state.certified) add('full', '', 0, state.modules, firstPass(store, 'final-test'));
    const own = state.track && !state.track.left ? state.track.role : '';
    const roles = Object.keys(course.tracks || {});
    for (const role of roles.filter((one) => one === own).concat(roles.filter((one) => one !== own))) {
      const modules = course.tracks[role].modules.map(stateFor);
      const earned = modules.length > 0 && !course.tracks[role].left &&
        modules.every((one) => one && one.complete);
      // A track of the same modules in another order tells nothing more.
      const same = own && role !== own &&
        course.tracks[role].modules.every((id) => course.tracks[own].modules.includes(id));
      // Whoever has done the whole course has done all tracks; their own is what tells something.
      if (earned && !same && (role === own || !state.certified)) {
        add('track', role, roles.indexOf(role) + 1, modules, null);
      }
    }
    return awards;
  }

  player.award = { codeOf, grouped, readCode, awardsOf, checkDigits };
}(globalThis.imlPlayer));
