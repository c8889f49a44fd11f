// needs: core/dom core/texts modes/explain modes/marking record/record
// later: pages/tracks
// texts: player.comma player.locale player.shown player.test.all player.test.all-right
//   player.test.also player.test.by player.test.changed-since player.test.column.*
//   player.test.everything player.test.gain player.test.gain.* player.test.no-answer
//   player.test.points player.test.read-again player.test.read-more player.test.section player.test.study
//   player.test.study-again player.test.well
/* How the result of a test is shown: what was earned, by objective, and what was gained. */
(function (player) {
  'use strict';
  const { make, icon } = player.dom;
  const { text } = player.texts;
  const { percent } = player.record;
  const { verdict, head, grounds } = player.explain;
  const MOST = 5; // modules that are named to be studied first

  /** Writes points, with two decimals at most. */
  function number(points) {
    return (Math.round(points * 100) / 100).toLocaleString(text('player.locale'));
  }

  /** Links what to read again for an objective. */
  function links(sections) {
    return sections.flatMap((section, index) =>
      (index ? ['; ', sectionLink(section)] : [sectionLink(section)]));
  }

  /** Names a section by its number, which is in its address, and its title. */
  function sectionLink({ href, title }) {
    const [, number] = /-s(\d+)$/.exec(href) || [];
    const link = make('a', '', number ? text('player.test.section', { number, title }) : title);
    link.href = href;
    return link;
  }

  /** Gives a module by its id; null outside the book. */
  function moduleNamed(id) {
    const course = globalThis.imlCourse;
    return (course && course.modules.find((one) => one.id === id)) || null;
  }

  function moduleLink(module) {
    const link = make('a', '', make('span', 'iml-which', module.label), ' ', module.title);
    link.href = (document.documentElement.dataset.content_root || '') + module.href;
    return link;
  }

  function lines(words, items) {
    return [make('p', 'iml-told-head', words),
      make('ul', 'iml-told', ...items.map((parts) => make('li', '', ...parts)))];
  }

  /** Tells a test of one module: which of its sections to read again; after a pass, if one likes. */
  function bySection(rows, setup, passed) {
    const missed = rows.filter(({ points, count }) => points < count);
    const sections = new Map();
    for (const { objective } of missed) {
      const { sections: where } = setup.objectives[objective] || { sections: [] };
      for (const section of where) sections.set(section.href, section);
    }
    if (!missed.length) return [make('p', '', text('player.test.everything'))];
    const found = Array.from(sections.values()).sort((a, b) => (a.href < b.href ? -1 : 1));
    return found.length
      ? lines(text(passed ? 'player.test.read-more' : 'player.test.read-again'), found.map((section) => [sectionLink(section)])) : [];
  }

  /** Tells a test of the whole course by module: what to study, and what is well known. */
  function byModules(rows, setup, role) {
    const all = player.marking.byModule(rows);
    // Of modules that stand alike, those of the role's track come first.
    const way = globalThis.imlCourse && player.tracks
      ? player.tracks.wayOf(globalThis.imlCourse, role).map(({ id }) => id) : [];
    const at = ({ module }) => way.indexOf(module);
    const named = all.map((row) => Object.assign({ about: moduleNamed(row.module) }, row))
      .filter((row) => row.about);
    const weak = named.filter(({ points, count }) => points < count)
      .sort((a, b) => a.points / a.count - b.points / b.count || at(a) - at(b));
    const good = named.filter(({ points, count }) => points >= count);
    /** @type {Node[]} */
    const nodes = [];
    if (weak.length) {
      nodes.push(...lines(text(setup.kind === 'pre' ? 'player.test.study' : 'player.test.study-again'),
        weak.slice(0, MOST).map(({ about, points, count }) => [moduleLink(about), ' ',
          make('span', 'iml-told-points', text('player.test.points', { points: number(points), count }))])));
      if (weak.length > MOST) {
        nodes.push(make('p', '', text('player.test.also'), ' ',
          ...joined(weak.slice(MOST).map(({ about }) => shortLink(about)))));
      }
    }
    if (good.length) {
      nodes.push(make('p', '', text('player.test.well'), ' ',
        ...joined(good.map(({ about }) => shortLink(about)))));
    }
    return nodes;
  }

  /** Links a module by its number alone, where several stand in one line. */
  function shortLink(module) {
    const link = moduleLink(module);
    link.textContent = module.label;
    link.title = module.title;
    return link;
  }

  function joined(nodes) {
    return nodes.flatMap((node, at) => (at ? [text('player.comma'), node] : [node]));
  }

  /**
   * Tells an attempt: in a few lines what to do about it, and all objectives folded.
   * @param {{objective: string, points: number, count: number}[]} rows
   * @param {any} setup    what the test is: see test.js
   * @param {string} role  of the learner
   * @param {boolean} passed  whether the test is passed
   * @returns {Node[]}
   */
  function told(rows, setup, role, passed) {
    const few = setup.kind === 'module' ? bySection(rows, setup, passed)
      : byModules(rows, setup, role);
    return [...few, make('details', 'iml-told-all', make('summary', '', text('player.test.all')),
      byObjectiveTable(rows, setup))];
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

  player.result = { number, told, gain, itemResult };
}(globalThis.imlPlayer));
