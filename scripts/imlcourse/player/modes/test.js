// needs: core/dom core/seal core/texts core/values record/record modes/blueprint modes/paper
//   modes/practice
// later: modes/sitting pages/pages
// texts: player.test.about.* player.test.again player.test.begin player.test.begun
//   player.test.best player.test.changed player.test.failed player.test.missing
//   player.test.passed player.test.print player.test.resume player.test.see player.test.start
//   player.test.taken
/* A test: items drawn by a blueprint, answered one at a time, marked when all is done. It can be
   left at any moment and is gone on with where it was left. Here is what stands on the page before
   it begins; sitting.js has the rest.

   What the test is stands in data-iml-test on the quiz, as JSON: {test: its id, kind: module, pre,
   post or final, pass: per cent or null, blueprint: [{module, objective, level, items}], shares:
   ids of the tests that draw on the same items, objectives: {id: {text, sections: [{href, title}]}},
   version: of the course, code: what a result code holds of it (see course/result_codes.py), or
   null}. */
(function (player) {
  'use strict';
  const { make, button, icon } = player.dom;
  const { text } = player.texts;
  const { percent, attemptsAt, bestAttempt } = player.record;
  const { draw, usesOf } = player.blueprint;
  const { printable } = player.paper;

  function test(quiz) {
    const setup = JSON.parse(quiz.root.dataset.imlTest);
    const stage = make('div', 'iml-test-stage');
    const live = make('p', 'iml-live');
    const title = quiz.root.querySelector('.iml-quiz-title');
    const level = title ? Number(title.tagName[1]) + 1 : 3;
    const pool = [];
    /** @type {any} */
    const state = { attempt: null, views: new Map(), busy: false, timer: 0 };
    const whole = Boolean(quiz.root.querySelector('[data-iml-sealed-item]'));
    // A test before the course and the one after it ask nothing twice.
    const rounds = setup.kind === 'pre' || setup.kind === 'post' ? 2 : 1;
    let sitting = null;

    for (const [id, element] of quiz.written) {
      const { imlObjective: objective, imlLevel } = element.dataset;
      pool.push({ id, objective, level: imlLevel, module: player.values.moduleOf(objective) });
    }
    for (const element of quiz.root.querySelectorAll('.iml-item')) element.remove();
    for (const notice of quiz.root.querySelectorAll('.iml-unscripted')) notice.remove();
    live.setAttribute('role', 'status');
    quiz.root.append(stage, live);

    function say(words) {
      live.textContent = '';
      setTimeout(() => { live.textContent = words; }, 40);
    }

    function heading(words) {
      const head = make('h' + Math.min(level, 6), 'iml-test-head', words);
      head.tabIndex = -1;
      return head;
    }

    /** Shows something, and leads the focus to its heading when the learner asked for it. */
    function show(head, nodes, asked) {
      stage.replaceChildren(head, ...nodes);
      if (!asked) return;
      head.focus({ preventScroll: true });
      head.scrollIntoView({ block: 'nearest' });
    }

    function attempts() {
      return attemptsAt(quiz.store, setup.test);
    }

    function keep() {
      clearTimeout(state.timer);
      state.timer = 0;
      return quiz.store.put('attempt/' + setup.test + '/' + state.attempt.id, state.attempt);
    }

    /** Does something for which the answers, and what takes a sitting, have to be there. */
    function withAnswers(action) {
      const rest = player.sitting ? true : player.dom.load(quiz.store.files + 'sitting.js');
      Promise.all([player.seal.sealedOf(quiz.root), rest]).then(function (there) {
        if (there.every(Boolean)) {
          sitting = sitting ||
            player.sitting({ quiz, setup, state, show, heading, level, say, keep, begin, start });
          action();
        } else {
          const told = make('p', 'iml-changed', icon('note'), ' ', text('player.test.missing'));
          show(heading(text('player.test.start')), [told], true);
        }
      });
    }

    // --- before it begins -------------------------------------------------------------------

    function count() {
      return setup.blueprint.reduce((sum, cell) => sum + cell.items, 0);
    }

    /** Gives an attempt to go on with: one of which this edition has at least one item. */
    function openOf(all) {
      return all.filter((one) => !one.ended && one.items.some(({ id }) => quiz.written.has(id))).pop();
    }

    function start(asked) {
      const all = attempts();
      const open = openOf(all);
      const last = all.filter((one) => one.ended).pop();
      const nodes = [make('p', '', text('player.test.about.' + setup.kind, {
        count: count(), pass: setup.pass || '',
      }))];
      const actions = make('div', 'iml-actions');
      state.busy = false;
      if (last) {
        /** @type {any} there is one, since one was ended */
        const most = bestAttempt(all);
        nodes.push(make('p', 'iml-test-last', text(setup.pass
          ? 'player.test.best' : 'player.test.taken', {
          percent: percent(most.points), date: player.texts.day(most.ended),
          passed: setup.pass ? text(most.passed ? 'player.test.passed' : 'player.test.failed') : '',
        })));
      }
      if (open) {
        nodes.push(make('p', '', text('player.test.begun', {
          answered: open.items.filter(({ id }) => open.answers[id] &&
            open.answers[id].response !== null).length,
          count: open.items.length,
        })));
        actions.append(button('iml-button iml-check', text('player.test.resume'),
          () => withAnswers(() => resume(open, true))));
      } else {
        // Behind a success something else is next.
        const passed = last && all.some((one) => one.ended && one.passed !== false);
        const on = passed && player.book ? player.book.nextButton(quiz.store, true) : null;
        if (on) actions.append(on);
        actions.append(button(passed ? 'iml-button' : 'iml-button iml-check',
          text(last ? 'player.test.again' : 'player.test.begin'),
          () => withAnswers(begin)));
      }
      if (last) {
        actions.append(button('iml-button', text('player.test.see'),
          () => withAnswers(() => sitting.result(last, true))));
      }
      // Whoever prints from the menu finds on paper how it is done: what prints does not wait.
      if (whole) {
        actions.append(button('iml-button', text('player.test.print'),
          () => withAnswers(() => globalThis.print())));
      }
      nodes.push(actions);
      show(heading(text('player.test.start')), nodes, asked);
    }

    function itemOf(id) {
      const { imlVersion: version, imlType: type } = quiz.written.get(id).dataset;
      return { id, version, type };
    }

    function begin() {
      const now = player.record.stamp();
      const seed = Math.floor(Math.random() * 4294967296);
      const earlier = setup.shares.flatMap((one) => attemptsAt(quiz.store, one));
      const ids = draw(pool, setup.blueprint, seed, usesOf(earlier), rounds);
      state.attempt = {
        v: player.record.FORMAT, at: now.at, seq: now.seq, test: setup.test, kind: setup.kind, course: setup.version,
        id: now.at + '-' + seed.toString(36), begun: now.at, begunSeq: now.seq, ended: null, seed,
        place: 0,
        items: ids.map(itemOf), answers: {}, results: {}, points: null, passed: null,
      };
      state.views = new Map();
      keep();
      sitting.run(true);
    }

    /** Goes on with an attempt; items that changed meanwhile are asked anew. */
    function resume(open, asked) {
      const there = open.items.filter(({ id }) => quiz.written.has(id));
      const changed = there.filter(({ id, version }) => itemOf(id).version !== version);
      state.attempt = JSON.parse(JSON.stringify(open));
      state.attempt.items = there.map(({ id }) => itemOf(id));
      const now = player.record.stamp();
      for (const { id } of changed) state.attempt.answers[id] = Object.assign({ response: null }, now);
      state.attempt.place = Math.min(state.attempt.place, Math.max(0, there.length - 1));
      state.views = new Map();
      if (changed.length || there.length < open.items.length) {
        Object.assign(state.attempt, now);
        keep();
      }
      sitting.run(asked, changed.length || there.length < open.items.length
        ? text('player.test.changed') : '');
    }

    printable(quiz, stage, whole, () => (state.attempt ? state.attempt.items.map(({ id }) => id)
      // Before a sitting, the same for everybody.
      : draw(pool, setup.blueprint, 0, new Map())));

    quiz.refresh = function () {};
    const troubles = player.practice.troublesOf(quiz, stage);
    quiz.onEnd(quiz.store.listen(function (key) {
      troubles();
      // Another page may have gone on with it; here it is shown when nothing is under way.
      if (!state.busy && !state.attempt && (key || '').startsWith('attempt/' + setup.test + '/')) start(false);
    }));
    quiz.store.load().then(function () {
      troubles();
      if (state.busy) return;
      const open = openOf(attempts());
      const done = setup.kind === 'start' && attempts().filter((one) => one.ended).pop();
      if (open) withAnswers(() => resume(open, false));
      // What was proposed is what one comes back for.
      else if (done) withAnswers(() => sitting.result(done, false));
      else start(false);
    });
  }

  test.draws = true;
  player.modes.test = test;
}(globalThis.imlPlayer));
