// needs: core/dom core/texts group/analysis group/chart group/opened group/statistics group/words
//   core/values
// texts: player.group.answer player.group.case player.group.csv player.group.csv.*
//   player.group.held player.group.missing player.group.note.left.* player.group.note.merged.*
//   player.group.note.names player.group.note.pseudonyms player.group.sources.lead report.answers
//   report.debrief report.debrief.* report.debrief.again report.debrief.codes
//   report.debrief.instead.* report.debrief.missed report.debrief.nothing report.debrief.right
//   report.debrief.settles report.gain report.gain.chart report.gain.edition report.gain.effect
//   report.gain.interval report.gain.mean report.gain.none report.gain.one report.gain.people.*
//   report.gain.points report.gain.table report.gain.unknown report.gain.unsure
//   report.head.answers report.head.high report.head.highest report.head.item report.head.low
//   report.head.lowest report.head.objective report.head.same report.head.text report.head.version
//   report.items report.items.asked report.items.choice report.items.choice.right
//   report.items.difficulty report.items.discrimination report.items.interval report.items.lead
//   report.items.open report.items.other report.items.question report.items.right report.next
//   report.next.by.module report.next.by.person report.next.count report.next.enough
//   report.next.lead report.next.module report.next.modules report.next.nobody
//   report.next.objective report.next.who report.none report.note.codes.* report.note.codes.all
//   report.note.codes.names report.note.earlier.* report.note.honest report.note.names.*
//   report.note.namesakes report.note.small report.note.tiny.* report.note.unpaired.* report.notes
//   report.objectives report.objectives.lead report.objectives.what report.person report.range
//   report.sources report.sources.file report.sources.learners report.sources.left
//   report.sources.whole report.stage.* report.test report.tests report.tests.alpha
//   report.tests.drawn report.tests.items report.tests.kr report.tests.lead report.tests.mean
//   report.tests.people report.tests.same report.tests.spread report.unanswered
/* What a trainer reads of a group, section by section, as products/report/page.html has it: the same
   figures, the same order, the same words. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text, form, enumerated } = player.texts;
  const { number, percent, withSign, coefficient } = player.groupWords;
  const { FEW, FEWEST } = player.statistics;
  const MOST_WEAK = 5;
  const ENOUGH = 5; // people, from whom on the answers of tests that are still to come are shown

  const plural = (key, count, values) =>
    text(key + form(count), Object.assign({ count }, values));

  function section(name, head, ...nodes) {
    const title = make('h2', '', head);
    title.id = 'group-' + name;
    const made = make('section', 'iml-group-' + name, title, ...nodes);
    made.setAttribute('aria-labelledby', title.id);
    return made;
  }

  /** A cell: text, or nodes; of a number, set as numbers are. */
  const cell = (words, css = '') => make('td', css, ...[].concat(words));
  const numeric = (words) => cell(words, 'iml-num');

  function head(words, css) {
    const made = make('th', css || '', words);
    made.scope = 'col';
    return made;
  }

  function rowHead(...nodes) {
    const made = make('th', '', ...nodes);
    made.scope = 'row';
    return made;
  }

  /**
   * A table that a narrow page scrolls sideways, and a keyboard too; told: its caption shows, and is
   * not that of what stands above it.
   */
  function table(caption, heads, rows, told = true) {
    const made = make('table', '', make('caption', told ? '' : 'iml-unseen', caption),
      make('thead', '', make('tr', '', ...heads)), make('tbody', '', ...rows));
    const around = make('div', 'iml-group-table', made);
    around.tabIndex = 0;
    around.setAttribute('role', 'group');
    around.setAttribute('aria-label', caption);
    return around;
  }

  /**
   * @param {any} found     what gathering has found
   * @param {any} analysis
   * @param {any} options   course, words, command; names: whether names are shown
   * @returns {HTMLElement[]}
   */
  function sections(found, analysis, { course, words, command, names, save }) {
    const stages = player.analysis.STAGES
      .filter((stage) => analysis.objectives.some((one) => one.shares[stage]));
    const count = analysis.people.length;
    const nameOf = (code) => {
      const own = Array.from(found.learners[code].names).join(', ');
      return names ? own || found.learners[code].account : code;
    };
    const stemOf = (id) => {
      const item = course.items[id];
      return item && item.shown ? item.shown.stem : course.cases[id] || id;
    };
    /** Says whether answers to a question may be shown: nobody is to find those of a test to come. */
    const isOpen = (id) => course.items[id].place !== player.opened.HELD || count >= ENOUGH;

    function notes() {
      const told = [];
      if (count < FEWEST) told.push(plural('report.note.tiny.', count));
      else if (count < FEW) told.push(text('report.note.small', { count }));
      told.push(text(names ? 'player.group.note.names' : 'player.group.note.pseudonyms'));
      told.push(text('report.note.honest'));
      if (found.problems.length) told.push(plural('player.group.note.left.', found.problems.length));
      if (found.merged.length) {
        told.push(plural('player.group.note.merged.', found.merged.length,
          { codes: enumerated(found.merged.map(nameOf)) }));
      }
      if (found.byName) told.push(plural('report.note.names.', found.byName));
      if (analysis.earlier) told.push(plural('report.note.earlier.', analysis.earlier));
      if (analysis.unpaired) told.push(plural('report.note.unpaired.', analysis.unpaired));
      for (const codes of found.namesakes) {
        told.push(text('report.note.namesakes', { codes: enumerated(codes.map(nameOf)) }));
      }
      if (found.onlyCodes) {
        told.push(found.onlyCodes === count ? text('report.note.codes.all')
          : plural('report.note.codes.', found.onlyCodes));
      }
      if (found.codesOfTwo.length) {
        told.push(text('report.note.codes.names', { codes: enumerated(found.codesOfTwo) }));
      }
      return section('notes', text('report.notes'),
        make('ul', '', ...told.map((one) => make('li', '', one))));
    }

    // --- what to talk about first ---

    function answerOf(one) {
      const item = course.items[one.item];
      const rows = [];
      const row = (name, ...nodes) => rows.push(make('div', '', make('dt', '', name),
        make('dd', '', ...nodes)));
      const { shown } = item;
      if (!shown) {
        const said = course.cases[one.item]
          ? text('player.group.case', { module: words.module(player.values.moduleOf(one.item)) })
          : text('player.group.missing', { command });
        return make('p', '', said);
      }
      if (!isOpen(one.item)) return make('p', '', text('player.group.held', { count: ENOUGH, command }));
      const right = (item.choices || []).filter((choice) => choice.right);
      const keys = right.length ? right.map(({ id }) => shown.texts.get(id)) : [shown.key];
      const reason = right.map(({ id }) => shown.reasons.get(id)).find(Boolean);
      row(text('report.debrief.right'), ...keys.map((key) => make('p', 'iml-group-key', key)),
        ...(reason ? [make('p', '', reason)] : []));
      if (one.instead) {
        const { part } = one.instead;
        row(plural('report.debrief.instead.', one.instead.count),
          make('p', 'iml-group-chosen', shown.texts.get(part) || part),
          make('p', '', shown.reasons.get(part) || ''));
      }
      if (shown.settles.length) row(text('report.debrief.settles'), ...shown.settles);
      if (shown.again) row(text('report.debrief.again'), make('p', '', shown.again));
      return make('dl', '', ...rows);
    }

    function debrief() {
      const listed = analysis.debrief.map(function (one) {
        const bar = player.groupChart.bar(one.missed / one.count, 'iml-wrong');
        const more = make('details', '', make('summary', '', text('player.group.answer')),
          answerOf(one));
        more.open = true;
        return make('li', '', make('h3', '', stemOf(one.item)),
          make('p', 'iml-group-missed', bar, ' ',
            text('report.debrief.missed', { missed: one.missed, count: one.count }), ' ',
            make('span', 'iml-group-id', one.item)), more);
      });
      const weak = weakest();
      return section('debrief', text('report.debrief'), ...(weak.length
        ? [make('p', '', text('report.debrief.codes')), make('ol', 'iml-group-first', ...weak)]
        : listed.length
        ? [make('p', '', text('report.debrief.' + analysis.debriefStage)),
          make('ol', 'iml-group-first', ...listed)]
        : [make('p', '', text('report.debrief.nothing'))]));
    }

    /** Names what to talk about where nobody says which questions were missed. */
    function weakest() {
      const stage = stages[stages.length - 1];
      if (analysis.items.length || !stage) return [];
      const told = analysis.objectives.filter(({ shares }) => shares[stage]);
      const rows = told.some(({ objective }) => objective)
        ? told.filter(({ objective }) => objective) : told;
      return rows.filter(({ shares }) => shares[stage][0] < 1)
        .sort((a, b) => a.shares[stage][0] - b.shares[stage][0] ||
          b.shares[stage][1] - a.shares[stage][1])
        .slice(0, MOST_WEAK).map(({ module, objective, shares }) => make('li', '',
          make('h3', '', objective ? words.objective(objective) : words.module(module)),
          make('p', 'iml-group-missed', player.groupChart.bar(shares[stage][0], ''), ' ',
            text('report.answers', { percent: percent(shares[stage][0]), count: shares[stage][1] }),
            ...(objective ? [' ', make('span', 'iml-group-id', words.module(module))] : []))));
    }

    // --- who needs what next ---

    function next() {
      const modules = Object.entries(analysis.byModule)
        .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
      const failed = new Map();
      for (const { needs } of analysis.people) {
        for (const objective of needs.flatMap((need) => need.objectives)) {
          failed.set(objective, (failed.get(objective) || 0) + 1);
        }
      }
      const objectivesOf = (module) => Array.from(failed)
        .filter(([objective]) => player.values.moduleOf(objective) === module)
        .sort((a, b) => b[1] - a[1]);
      const byModule = modules.map(([module, codes]) => make('tr', '',
        rowHead(words.module(module), ...listed(objectivesOf(module).map(([one, many]) =>
          text('report.next.objective', { objective: words.objective(one), count: many })))),
        numeric(String(codes.length)), cell(enumerated(codes.map(nameOf)), 'iml-group-who')));
      const byPerson = analysis.people.map(({ code, needs }) => make('tr', '', rowHead(nameOf(code)),
        cell(needs.length ? enumerated(needs.map((need) =>
          words.short(need.module) +
            (need.objectives.length ? '\u00a0(' + need.objectives.length + ')' : '')))
          : text('report.next.enough'))));
      const who = head(text('report.next.who'), 'iml-group-who');
      return section('next', text('report.next'), make('p', '', text('report.next.lead')),
        byModule.length ? table(text('report.next.by.module'),
          [head(text('report.next.module')), head(text('report.next.count'), 'iml-num'), who], byModule)
          : make('p', '', text('report.next.nobody')),
        make('div', 'iml-group-people', table(text('report.next.by.person'),
          [head(text('report.person')), head(text('report.next.modules'))], byPerson)));
    }

    const listed = (all) => (all.length
      ? [make('ul', '', ...all.map((one) => make('li', '', one)))] : []);

    // --- from before to after ---

    function gained({ edition, figures: f }) {
      const lines = [];
      if (f.interval) {
        const [low, high] = f.interval;
        const unsure = low <= 0 && high >= 0 ? ' ' + text('report.gain.unsure') : '';
        lines.push(text('report.gain.interval',
          { low: percent(low, 1, true), high: percent(high, 1, true) }) + unsure);
      } else lines.push(text('report.gain.one'));
      if (f.effect !== null) {
        const [low, high] = f.effectInterval.map(coefficient);
        lines.push(text('report.gain.effect', { effect: coefficient(f.effect), low, high }));
      }
      return [
        ...(edition === '?' ? [make('p', '', text('report.gain.unknown'))]
          : edition ? [make('p', '', text('report.gain.edition', { edition }))] : []),
        player.groupChart.beforeAfter(f),
        make('p', '', plural('report.gain.people.', f.count) + ' ' + text('report.gain.mean',
          { before: percent(f.before, 1), after: percent(f.after, 1), gain: percent(f.gain, 1, true) })),
        make('ul', '', ...lines.map((one) => make('li', '', one))),
      ];
    }

    function gain() {
      const rows = analysis.people.map((one) => make('tr', '', rowHead(nameOf(one.code)),
        ...stages.map((stage) =>
          numeric(stage in one.shares ? percent(one.shares[stage]) : text('report.none'))),
        numeric(one.gain === null ? text('report.none') : percent(one.gain, 0, true)),
        cell(one.gain === null ? [] : [player.groupChart.dumbbell(one)], 'iml-group-wide')));
      const chart = head(text('report.gain.chart'), 'iml-group-wide');
      return section('gain', text('report.gain'),
        ...(analysis.gains.length ? analysis.gains.flatMap(gained)
          : [make('p', '', text('report.gain.none'))]),
        make('div', 'iml-group-people', table(text('report.gain.table'),
          [head(text('report.person')), ...stages.map((one) => head(text('report.stage.' + one), 'iml-num')),
            head(text('report.gain.points'), 'iml-num'), chart], rows),
        saving('people', peopleRows)));
    }

    // --- objectives, tests, questions ---

    function objectives() {
      const rows = analysis.objectives.map(({ module, objective, shares }) => make('tr',
        objective ? '' : 'iml-group-module',
        rowHead(objective ? words.objective(objective) : words.module(module)),
        ...stages.map((stage) => cell(stage in shares ? [
          player.groupChart.bar(shares[stage][0], ''), ' ',
          text('report.answers', { percent: percent(shares[stage][0]), count: shares[stage][1] }),
        ] : text('report.none'), 'iml-group-share'))));
      return section('objectives', text('report.objectives'),
        make('p', '', text('report.objectives.lead')),
        ...player.groupChart.modules(analysis.objectives.filter((one) => !one.objective), words, stages),
        table(text('report.objectives'), [head(text('report.objectives.what')),
          ...stages.map((one) => head(text('report.stage.' + one)))], rows, false),
        saving('objectives', objectiveRows));
    }

    function tests() {
      const rows = analysis.tests.map((one) => make('tr', '', rowHead(words.edition(one)),
        numeric(String(one.count)), numeric(number(one.items)), numeric(withSign(one.mean)),
        cell(text('report.range', { low: percent(one.lowest), high: percent(one.highest) })),
        ...(one.kr20 === null && one.alpha === null
          ? [Object.assign(cell(text('report.tests.drawn')), { colSpan: 2 })]
          : [cell(text('report.tests.same', { value: coefficient(one.kr20), count: one.same })),
            numeric(coefficient(one.alpha))])));
      return section('tests', text('report.tests'), make('p', '', text('report.tests.lead')),
        table(text('report.tests'), [head(text('report.test')),
          head(text('report.tests.people'), 'iml-num'), head(text('report.tests.items'), 'iml-num'),
          head(text('report.tests.mean'), 'iml-num'), head(text('report.tests.spread')),
          head(text('report.tests.kr')), head(text('report.tests.alpha'), 'iml-num')], rows, false),
        saving('tests', testRows));
    }

    function chosen(one) {
      const { shown } = course.items[one.item] || {};
      const listed = !shown || !isOpen(one.item) ? [] : one.choices.map(({ part, right, count: often }) =>
        make('li', right ? 'iml-group-key' : '', text(right ? 'report.items.choice.right'
          : 'report.items.choice', { count: often, option: shown.texts.get(part) || part })));
      if (one.unanswered) listed.push(make('li', '', text('report.items.open', { count: one.unanswered })));
      return listed.length ? [make('ul', '', ...listed)] : [];
    }

    function items() {
      const folded = (test, ...nodes) => make('details', 'iml-group-fold',
        make('summary', '', words.test(test)), ...nodes);
      const tables = Array.from(new Set(analysis.items.map((one) => one.test)), (test) =>
        folded(test, table(words.test(test), [head(text('report.items.question')),
          head(text('report.items.asked'), 'iml-num'), head(text('report.items.right'), 'iml-num'),
          head(text('report.items.interval')), head(text('report.items.difficulty'), 'iml-num'),
          head(text('report.items.discrimination'), 'iml-num')],
        analysis.items.filter((one) => one.test === test).map((one) => make('tr', '',
          rowHead(make('span', 'iml-group-id', one.item), ' ', stemOf(one.item),
            ...(one.present ? [] : [make('p', 'iml-group-other',
              text('report.items.other', { version: one.version }))]), ...chosen(one)),
          numeric(String(one.count)), numeric(String(one.right)),
          cell(text('report.range', { low: percent(one.interval[0]), high: percent(one.interval[1]) })),
          numeric(coefficient(one.difficulty)), numeric(coefficient(one.discrimination)))), false)));
      return section('items', text('report.items'), make('p', '', text('report.items.lead')),
        ...tables, saving('questions', itemRows));
    }

    function sources() {
      const rows = found.sources.map(function (one) {
        const lines = found.problems.filter((problem) => problem.number === one.number)
          .map(({ line }) => (line ? String(line) : text('report.sources.whole')));
        return make('tr', '', rowHead(String(one.number)), numeric(String(one.learners)),
          cell(lines.length ? enumerated(lines) : text('report.none')));
      });
      return section('sources', text('report.sources'),
        make('p', '', text('player.group.sources.lead')),
        table(text('report.sources'), [head(text('report.sources.file')),
          head(text('report.sources.learners'), 'iml-num'), head(text('report.sources.left'))], rows, false));
    }

    // --- as tables to save ---

    function saving(name, rows) {
      const made = button('iml-group-button', text('player.group.csv'), () => save(name, rows()));
      made.append(make('span', 'iml-unseen', ' ' + text('player.group.csv.' + name)));
      return make('p', 'iml-group-save', made);
    }

    const or = (value) => (value === null || value === undefined ? '' : value);
    const stageHeads = (suffix) => stages.map((one) => text(suffix, { stage: text('report.stage.' + one) }));

    function peopleRows() {
      return [[text('report.person'), ...stages.map((one) => text('report.stage.' + one)),
        text('report.gain.points'), text('report.next.modules')],
      ...analysis.people.map((one) => [nameOf(one.code), ...stages.map((stage) => or(one.shares[stage])),
        or(one.gain), enumerated(one.needs.map((need) => words.short(need.module)))])];
    }

    function objectiveRows() {
      const pairs = (shares) => stages.flatMap((stage) => (shares[stage] || ['', '']));
      const counts = stageHeads('report.head.answers');
      return [[text('report.next.module'), text('report.head.objective'), text('report.head.text'),
        ...stages.flatMap((one, at) => [text('report.stage.' + one), counts[at]])],
      ...analysis.objectives.map(({ module, objective, shares }) => [module, objective,
        objective ? words.objective(objective) : words.module(module), ...pairs(shares)])];
    }

    function testRows() {
      return [[text('report.test'), text('report.tests.people'), text('report.tests.items'),
        text('report.tests.mean'), text('report.head.lowest'), text('report.head.highest'),
        text('report.head.same'), text('report.tests.kr'), text('report.tests.alpha')],
      ...analysis.tests.map((one) => [words.edition(one), one.count, one.items, one.mean, one.lowest,
        one.highest, one.same, or(one.kr20), or(one.alpha)])];
    }

    function itemRows() {
      return [[text('report.test'), text('report.head.item'), text('report.head.version'),
        text('report.items.question'), text('report.items.asked'), text('report.items.right'),
        text('report.unanswered'), text('report.items.difficulty'), text('report.head.low'),
        text('report.head.high'), text('report.items.discrimination')],
      ...analysis.items.map((one) => [words.test(one.test), one.item, one.version, stemOf(one.item),
        one.count, one.right, one.unanswered, one.difficulty, ...one.interval,
        or(one.discrimination)])];
    }

    return [notes(), debrief(), next(), gain(), objectives(), tests(),
      ...(analysis.items.length ? [items()] : []), sources()];
  }

  player.groupReport = { sections, plural };
}(globalThis.imlPlayer));
