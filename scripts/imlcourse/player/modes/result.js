// needs: core/dom core/texts record/record
// texts: player.locale player.test.all-right player.test.by player.test.column.* player.test.gain
//   player.test.gain.* player.test.points
/* How the result of a test is shown: what was earned, by objective, and what was gained. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text } = player.texts;
  const { percent } = player.record;

  /** Writes points, with two decimals at most. */
  function number(points) {
    return (Math.round(points * 100) / 100).toLocaleString(text('player.locale'));
  }

  /** Links what to read again for an objective. */
  function links(sections) {
    return sections.flatMap(function (section, index) {
      const link = make('a', '', section.title);
      link.href = section.href;
      return index ? ['; ', link] : [link];
    });
  }

  /**
   * Draws the table of an attempt by objective.
   * @param {{objective: string, points: number, count: number}[]} rows
   * @param {any} setup  what the test is: see test.js
   */
  function byObjectiveTable(rows, setup) {
    const names = ['objective', 'result', setup.kind === 'pre' ? 'read' : 'again'].map(function (name) {
      const head = make('th', '', text('player.test.column.' + name));
      head.scope = 'col';
      return head;
    });
    const lines = rows.map(function ({ objective, points, count }) {
      const about = setup.objectives[objective] || { text: objective, sections: [] };
      const head = make('th', '', about.text);
      head.scope = 'row';
      return make('tr', '', head,
        make('td', '', text('player.test.points', { points: number(points), count })),
        make('td', '', ...(points < count ? links(about.sections)
          : [text('player.test.all-right')])));
    });
    const table = make('table', 'iml-test-table', make('caption', '', text('player.test.by')),
      make('thead', '', make('tr', '', ...names)), make('tbody', '', ...lines));
    const wrap = make('div', 'iml-test-scroll', table);
    wrap.tabIndex = 0;
    wrap.setAttribute('role', 'region');
    wrap.setAttribute('aria-label', text('player.test.by'));
    return wrap;
  }

  /** Shows what was gained between two attempts, as words and as two bars. */
  function gain(before, after) {
    const bars = [['before', before], ['after', after]].map(function ([name, one]) {
      const bar = make('span', 'iml-bar');
      bar.style.setProperty('--iml-share', percent(one.points) + '%');
      return make('p', 'iml-gain-bar', make('span', 'iml-gain-name',
        text('player.test.gain.' + name, { percent: percent(one.points) })), bar);
    });
    return [make('div', 'iml-gain', make('p', '', text('player.test.gain', {
      before: percent(before.points), after: percent(after.points),
      gain: percent(after.points) - percent(before.points),
    })), ...bars)];
  }

  player.result = { number, byObjectiveTable, gain };
}(globalThis.imlPlayer));
