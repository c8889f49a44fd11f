// needs: core/dom core/texts group/words
// texts: player.group.chart player.group.chart.modules report.gain.points report.stage.*
//   report.stage.after report.stage.before
/* Bars and the way from before to after, for the eye; the numbers stand beside them in words. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text } = player.texts;
  const { percent, withSign } = player.groupWords;

  /** A bar for the eye alone. */
  function bar(share, css) {
    const made = make('span', 'iml-group-bar ' + css, make('span', ''));
    made.style.setProperty('--iml-share', (100 * share).toFixed(1) + '%');
    made.setAttribute('aria-hidden', 'true');
    return made;
  }

  /** The way from before to after: a ring and a full dot, with an arrow between them. */
  function dumbbell({ before, gain }) {
    const [low, high] = [before, before + gain].sort((a, b) => a - b);
    const made = make('span', 'iml-group-track' + (gain < 0 ? ' iml-down' : ''),
      make('span', 'iml-group-line'), make('span', 'iml-group-dot'), make('span', 'iml-group-dot iml-after'));
    for (const [name, value] of [['low', low], ['wide', high - low], ['from', before],
      ['to', before + gain]]) {
      made.style.setProperty('--iml-' + name, (100 * Number(value)).toFixed(1) + '%');
    }
    made.setAttribute('aria-hidden', 'true');
    return made;
  }

  /** A row of a chart: what it is of, a bar, and its number. */
  function row(name, share, css) {
    return make('div', 'iml-group-row ' + css, make('dt', '', name),
      make('dd', '', bar(share, css), make('span', 'iml-group-value', withSign(share))));
  }

  function chart(title, rows, css) {
    return make('figure', 'iml-group-chart ' + css, make('figcaption', '', title), make('dl', '', ...rows));
  }

  /** What the group knew before and after, large enough for the last row of a room. */
  function beforeAfter({ before, after, gain }) {
    const made = chart(text('player.group.chart'), [
      row(text('report.stage.before'), before, 'iml-before'),
      row(text('report.stage.after'), after, 'iml-after'),
    ], 'iml-group-both');
    made.querySelector('dl').append(make('div', 'iml-group-row iml-group-sum',
      make('dt', '', text('report.gain.points')), make('dd', '', percent(gain, 0, true))));
    return made;
  }

  /** The same by module, where there is something to compare. */
  function modules(figures, words, stages) {
    const two = figures.filter(({ shares }) => shares.before && (shares.during || shares.after));
    if (!two.length) return [];
    return [chart(text('player.group.chart.modules'), two.map(({ module, shares }) =>
      make('div', 'iml-group-of', make('dt', '', words.module(module)),
        make('dd', '', make('dl', '', ...stages.filter((stage) => shares[stage])
          .map((stage) => row(text('report.stage.' + stage), shares[stage][0], 'iml-' + stage)))))),
    'iml-group-modules')];
  }

  player.groupChart = { bar, dumbbell, beforeAfter, modules };
}(globalThis.imlPlayer));
