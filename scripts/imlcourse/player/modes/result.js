// needs: core/dom core/texts record/record modes/explain
// texts: player.locale player.shown player.test.all-right
//   player.test.by player.test.changed-since player.test.column.* player.test.gain
//   player.test.gain.* player.test.no-answer player.test.points
/* How the result of a test is shown: what was earned, by objective, and what was gained. */
(function (player) {
  'use strict';
  const { make, icon } = player.dom;
  const { text } = player.texts;
  const { percent } = player.record;
  const { verdict, head, grounds } = player.explain;

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

  /**
   * Shows an item of a finished test with what was answered and what is right.
   * @param {View} view
   * @param {string} version  the one that was asked
   * @param {Response_} response
   * @returns {HTMLElement}
   */
  function itemResult(view, version, response) {
    if (view.version !== version) {
      view.element.append(make('p', 'iml-changed', icon('note'), ' ',
        text('player.test.changed-since')));
    }
    const empty = response === null || !view.type.restore(view, response);
    const outcome = empty
      ? { response: null, result: { points: 0, parts: {} }, shown: true }
      : { response, result: view.type.score(view.data, response), shown: true };
    const { points } = outcome.result;
    const [kind, word] = verdict(points);
    const told = make('div', 'iml-result iml-' + kind,
      head(kind, empty ? text('player.test.no-answer') : word, ''));
    if (empty) {
      told.append(make('p', '', text('player.shown', { answer: view.type.answer(view) })));
    } else {
      const more = view.type.mark(view, outcome);
      if (more) told.append(...more);
    }
    told.append(...grounds(view, outcome, true));
    view.lock(true);
    view.question.after(told);
    return view.element;
  }

  player.result = { number, byObjectiveTable, gain, itemResult };
}(globalThis.imlPlayer));
