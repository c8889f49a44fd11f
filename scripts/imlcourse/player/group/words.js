// needs: core/texts core/values group/analysis
// texts: player.group.module player.locale report.name.* report.none report.percent
//   report.tests.edition report.tests.unknown
/* Names and numbers in the results of a group, written as products/report/words.py writes them. */
(function (player) {
  'use strict';
  const { text } = player.texts;
  const { moduleOf } = player.values;
  const { BEFORE, AFTER, FINAL, START, PRACTICE } = player.analysis;
  const MINUS = '\u2212';

  /** Writes a number as the language does, with a sign if that is wanted. */
  function number(value, digits = 0, signed = false) {
    const rounded = Number(value.toFixed(digits)) || 0; // no “−0”
    const shown = new Intl.NumberFormat(text('player.locale'),
      { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false })
      .format(Math.abs(rounded));
    return (rounded < 0 ? MINUS : signed && rounded ? '+' : '') + shown;
  }

  const percent = (share, digits = 0, signed = false) => number(share * 100, digits, signed);
  const withSign = (share) => text('report.percent', { number: percent(share) });
  const coefficient = (value) => (value === null ? text('report.none') : number(value, 2));

  /**
   * @param {Course} about
   * @param {Record<string, string>} quizzes  the title of each quiz
   */
  function wordsOf(about, quizzes) {
    const modules = new Map(about.modules.map((one) => [one.id, one]));
    const objectives = new Map(about.modules.flatMap((one) =>
      one.objectives.map(({ id, text: words }) => [id, words])));
    const short = (id) => (modules.get(id) || { label: id }).label;
    const named = (label, title) => text('player.group.module', { label, title });

    function test(id) {
      if ([BEFORE, AFTER, FINAL, START, PRACTICE].includes(id)) return text('report.name.' + id);
      return quizzes[id] ? named(short(moduleOf(id)), quizzes[id]) : id;
    }

    return {
      short, test,
      module: (id) => named(short(id), (modules.get(id) || { title: '' }).title),
      href: (id) => (modules.get(id) || { href: '' }).href,
      objective: (id) => objectives.get(id) || id,
      edition: (one) => (!one.edition ? test(one.test)
        : one.edition === '?' ? text('report.tests.unknown', { test: test(one.test) })
          : text('report.tests.edition', { test: test(one.test), edition: one.edition })),
    };
  }

  player.groupWords = { number, percent, withSign, coefficient, wordsOf };
}(globalThis.imlPlayer));
