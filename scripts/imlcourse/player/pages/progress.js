// needs: core/dom core/texts pages/course pages/keeping pages/next pages/pages pages/promises
//   pages/standing record/record record/store
// texts: player.due.next player.me.again player.me.certificate player.me.certificate.earned
//   player.me.certificate.wanted player.me.column.* player.me.fact.due player.me.fact.due.*
//   player.me.fact.left player.me.fact.left.track player.me.fact.left.whole player.me.fact.modules player.me.fact.track
//   player.me.fact.week player.me.fact.whole player.me.certificate.track
//   player.me.hours player.me.level.* player.me.mastery
//   player.me.mastery.nothing player.me.minutes player.me.modules player.me.more
//   player.me.indicator player.me.plan player.me.plan.nothing player.me.quiz.failed
//   player.me.quiz.open player.me.quiz.passed player.me.record player.me.removed
//   player.me.removed.other player.me.ring.* player.me.test.* player.me.test.none
//   player.me.test.taken player.me.tests player.me.tests.caption player.me.you
//   player.me.you.unnamed player.promise.head player.review.how player.review.title
//   player.slice.cert.none player.slice.done player.slice.fact.left player.slice.fact.modules
//   player.slice.more player.store.* player.test.gain
/* The page My progress: what is next, where the learner stands, and, folded, all the rest. */
(function (player) {
  'use strict';
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const TESTS = { pre: 'pre-test', post: 'post-test', final: 'final-test', start: 'start-check' };
  const TURN = 2 * Math.PI * 16; // once round a ring
  const { make, icon } = player.dom;
  const { text, form } = player.texts;
  const { percent } = player.record;
  const { to } = player.book;

  function link(words, href) {
    const made = make('a', '', words);
    made.href = to(href);
    return made;
  }

  /** A part of the page that is folded until it is asked for. */
  function folded(name, head, ...nodes) {
    return make('details', 'iml-me-' + name, make('summary', '', head), ...nodes);
  }

  /** A bar with its share in words; the bar is for the eye alone. */
  function bar(share) {
    const made = make('span', 'iml-bar');
    made.style.setProperty('--iml-share', Math.round(share * 100) + '%');
    made.setAttribute('aria-hidden', 'true');
    return made;
  }

  /** What is next: one thing to press, and maybe another. */
  function planOf(course, state) {
    const [first, second] = player.next.thingsOf(course, state);
    if (!first) {
      return [make('p', '', text(course.slice ? 'player.slice.done' : 'player.me.plan.nothing'))];
    }
    const buttons = [player.book.thingButton(first)];
    if (second) {
      const other = player.book.thingButton(second);
      other.classList.remove('iml-check');
      buttons.push(other);
    }
    return [make('div', 'iml-actions', ...buttons)];
  }

  /** Facts in a line: what is due, how far it is, what is left, and this week. */
  function factsOf(course, state, store) {
    const { due, track } = state;
    const left = track && !track.certified ? track : state;
    const since = new Date(Date.now() - WEEK).toISOString();
    const week = player.standing.minutesSince(course, store, since);
    const done = (of) => text('player.me.indicator', { done: of.complete, total: of.modules.length });
    const facts = [
      [text('player.me.fact.due'), text('player.me.fact.due.' + form(due.count), { count: due.count })],
      ...(track && !track.left ? [[text('player.me.fact.track'), done(track)]] : []),
      [text(course.slice ? 'player.slice.fact.modules'
        : track ? 'player.me.fact.whole' : 'player.me.fact.modules'), done(state)],
      [text(course.slice ? 'player.slice.fact.left' : left === track ? 'player.me.fact.left.track'
        : track ? 'player.me.fact.left.whole' : 'player.me.fact.left'),
        hours((course.slice ? state : left).minutes)],
      ...(week ? [[text('player.me.fact.week'), hours(week)]] : []),
    ];
    return make('dl', 'iml-facts', ...facts.map(([name, value]) =>
      make('div', '', make('dt', '', name), make('dd', '', value))));
  }

  /** A ring that is filled as far as a module is done; what it says stands beside it in words. */
  function ring(share, label) {
    const space = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(space, 'svg');
    svg.setAttribute('viewBox', '0 0 40 40');
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('class', 'iml-ring');
    for (const kind of ['iml-ring-all', 'iml-ring-done']) {
      const circle = document.createElementNS(space, 'circle');
      for (const [name, value] of [['cx', 20], ['cy', 20], ['r', 16], ['class', kind]]) {
        circle.setAttribute(String(name), String(value));
      }
      svg.append(circle);
    }
    const done = /** @type {any} */ (svg.lastChild);
    done.setAttribute('stroke-dasharray', (share * TURN).toFixed(1) + ' ' + TURN.toFixed(1));
    const box = make('span', 'iml-ring-box', svg);
    if (share === 1) box.append(icon('right'));
    else box.append(make('span', 'iml-ring-label', label));
    box.setAttribute('aria-hidden', 'true');
    return box;
  }

  /** A module: its ring, its name, and how far it is. */
  function moduleOf(one) {
    const { share, kind, number, of } = player.standing.standingOf(one);
    const { module } = one;
    const [label] = (module.label || '').match(/\d+/) || [''];
    const words = kind === 'open' ? text('player.me.minutes', { minutes: one.minutes })
      : text('player.me.ring.' + kind, { number, of, minutes: one.minutes });
    const name = link(make('span', 'iml-me-label', module.label || ''), module.href);
    name.append(' ', module.title);
    return make('li', 'iml-me-module iml-is-' + kind, ring(share, label),
      make('span', 'iml-me-about', name, ' ', make('span', 'iml-minutes', words)));
  }

  function modulesOf(course, state) {
    const { track } = state;
    const list = (all) => make('ul', 'iml-rings', ...all.map(moduleOf));
    if (!track) return [list(state.modules)];
    // In the order of their numbers: beyond the track, no order is better.
    const at = ({ module }) => course.modules.indexOf(module);
    const rest = state.modules.filter((one) => !track.modules.includes(one))
      .sort((one, other) => at(one) - at(other));
    if (course.slice && !rest.length) return [list(track.modules)];
    return [list(track.modules), folded('rest', text(course.slice ? 'player.slice.more'
      : 'player.me.more', { count: rest.length }), list(rest))];
  }

  function table(caption, names, rows) {
    const heads = names.map(function (name) {
      const head = make('th', '', text('player.me.column.' + name));
      head.scope = 'col';
      return head;
    });
    const made = make('table', 'iml-me-table', make('caption', '', caption),
      make('thead', '', make('tr', '', ...heads)), make('tbody', '', ...rows));
    const wrap = make('div', 'iml-table', made);
    wrap.tabIndex = 0;
    wrap.setAttribute('role', 'region');
    wrap.setAttribute('aria-label', caption);
    return wrap;
  }

  function row(first, ...cells) {
    const head = make('th', '', first);
    head.scope = 'row';
    return make('tr', '', head, ...cells.map((cell) => make('td', '', cell)));
  }

  function masteryOf(course, state, store) {
    const before = player.course.askedBefore(store);
    const had = (objective) => player.course.mastery(course, objective.id, store, before);
    const begun = state.modules.filter(({ module }) =>
      module.objectives.some((objective) => had(objective).answered));
    if (!begun.length) return [make('p', '', text('player.me.mastery.nothing'))];
    return begun.map(({ module }) => make('div', 'iml-mastery', make('h3', '', module.title),
      make('ul', '', ...module.objectives.map(function (objective) {
        const { share, answered, level } = had(objective);
        const line = make('li', '', make('span', 'iml-mastery-text', objective.text),
          make('span', 'iml-mastery-level', bar(answered ? share : 0), ' ',
            text('player.me.level.' + (level === 'growing' && share >= player.course.SECURE
              ? 'early' : level), { percent: percent(share), count: answered })));
        if (answered && share < player.course.SECURE) {
          const again = module.sections.filter(({ id }) => objective.sections.includes(id))
            .map((one) => link(one.title, module.href + '#' + one.id));
          if (again.length) {
            line.append(make('span', 'iml-mastery-again', text('player.me.again'), ' ',
              ...again.flatMap((one, at) => (at ? ['; ', one] : [one]))));
          }
        }
        return line;
      }))));
  }

  /** What comes back, and when. */
  function dueOf(state) {
    const { due } = state;
    const nodes = [make('p', '', text('player.review.how'))];
    if (due.next) {
      nodes.push(make('p', '', text('player.due.next', { when: player.texts.when(due.next) })));
    }
    return nodes;
  }

  function startOf(store) {
    const attempts = player.record.attemptsAt(store, TESTS.start);
    return { first: attempts.find((one) => one.ended), open: attempts.find((one) => !one.ended) };
  }

  function testsOf(course, state, store) {
    const { tests } = state;
    const names = Object.keys(TESTS)
      .filter((name) => (course.only ? TESTS[name] === course.only : name !== 'start'));
    const rows = names.map(function (name) {
      const one = tests[name] || startOf(store);
      const most = name === 'pre' || name === 'start' ? one.first : name === 'post' ? one.last : one.best;
      const words = one.open ? text('player.me.quiz.open')
        : !most ? text('player.me.test.none')
          : name !== 'final' ? text('player.me.test.taken', { percent: percent(most.points) })
            : text(one.passed ? 'player.me.quiz.passed' : 'player.me.quiz.failed',
              { percent: percent(most.points) });
      return row(link(text('player.me.test.' + name), course.pages[name]), words);
    });
    const nodes = [table(text('player.me.tests.caption'), ['test', 'result'], rows)];
    if (!course.only && tests.pre.first && tests.post.last) {
      nodes.push(make('p', '', text('player.test.gain', {
        before: percent(tests.pre.first.points), after: percent(tests.post.last.points),
        gain: percent(tests.post.last.points) - percent(tests.pre.first.points),
      })));
    }
    return nodes;
  }

  function hours(minutes) {
    const whole = Math.floor(minutes / 60);
    return whole ? text('player.me.hours', { hours: whole, minutes: minutes % 60 })
      : text('player.me.minutes', { minutes });
  }

  function certificateOf(course, state) {
    const { certified, track } = state;
    return (certified || (track && track.certified)) && course.pages.certificate
      ? make('p', '', link(certified ? text('player.me.certificate.earned')
        : text('player.me.certificate.track', { name: track.name }), course.pages.certificate))
      : make('p', '', text(course.slice ? 'player.slice.cert.none' : 'player.me.certificate.wanted'));
  }

  /** Says what of the record is not kept, and why. */
  function troublesOf(store) {
    return store.troubles().map((kind) =>
      make('p', 'iml-changed', icon('note'), ' ', text('player.store.' + kind)));
  }

  /**
   * Makes the page.
   * @param {HTMLElement} place  an element for it
   * @param {Course} course      what course.js of the book holds
   * @param {Store} store        the learner's store
   */
  function progress(place, course, store) {
    const live = make('p', 'iml-me-said');
    const names = ['plan', 'facts', 'modules', 'mastery', 'due', 'tests', 'promises', 'certificate'];
    /** @type {Record<string, HTMLElement>} */
    const parts = Object.fromEntries(names.map((name) => [name, make('div', 'iml-me-' + name)]));
    const troubles = make('div', 'iml-me-troubles', ...troublesOf(store));
    const you = make('span', '');
    live.setAttribute('role', 'status');

    function say(words) {
      live.textContent = '';
      setTimeout(() => { live.textContent = words; }, 40);
    }

    const head = (key) => make('h2', '', text(key));
    const promises = folded('promised', text('player.promise.head'), parts.promises);
    const record = folded('record', text('player.me.record'),
      ...player.keeping.recordOf(course, store, say));
    const learner = folded('learner', you, ...player.keeping.learnerOf(course, store));

    function show() {
      const state = player.course.stateOf(course, store, new Date().toISOString());
      const fill = (name, ...nodes) => parts[name].replaceChildren(...nodes);
      const { name } = state.me;
      fill('plan', ...planOf(course, state));
      fill('facts', factsOf(course, state, store));
      fill('modules', ...modulesOf(course, state));
      fill('mastery', ...masteryOf(course, state, store));
      fill('due', ...dueOf(state));
      if (state.tests) fill('tests', ...testsOf(course, state, store));
      fill('promises', ...player.promises.listOf(course, store));
      promises.hidden = !parts.promises.hasChildNodes();
      fill('certificate', certificateOf(course, state));
      you.textContent = name ? text('player.me.you', { name }) : text('player.me.you.unnamed');
    }

    show();
    // A test that was launched by itself is all that is shown.
    if (course.only) place.replaceChildren(troubles, parts.tests, live, learner, record);
    else place.replaceChildren(troubles, head('player.me.plan'), parts.plan, parts.facts,
      head('player.me.modules'), parts.modules, live,
      folded('can', text('player.me.mastery'), parts.mastery),
      folded('back', text('player.review.title'), parts.due),
      ...(course.tests ? [folded('tested', text('player.me.tests'), parts.tests)] : []),
      ...(course.tests || (course.slice && course.pages.certificate)
        ? [folded('earned', text('player.me.certificate'), parts.certificate)] : []),
      promises, learner, record);
    // Where not all is kept, what saves it is at hand.
    if (store.troubles().length) /** @type {any} */ (record).open = true;
    if (location.hash === '#removed') {
      location.hash = '';
      const { name } = store.get('me') || {};
      say(name ? text('player.me.removed.other', { name }) : text('player.me.removed'));
      live.tabIndex = -1;
      live.focus();
    }
    store.listen(player.dom.later(show)); // an import brings many entries at once
  }

  player.dom.onPage(function (options) {
    const place = document.querySelector('[data-iml-page="progress"]');
    if (!place || !globalThis.imlCourse) return;
    const store = player.store.open(options);
    store.load().then(() => progress(place, globalThis.imlCourse, store));
  });
}(globalThis.imlPlayer));
