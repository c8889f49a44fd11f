/* A test: items drawn by a blueprint, answered one at a time, marked when all is done. It can be
   left at any moment and is gone on with where it was left.

   What the test is stands in data-iml-test on the quiz, as JSON: {test: its id, kind: module, pre,
   post or final, pass: per cent or null, blueprint: [{module, objective, level, items}], shares:
   ids of the tests that draw on the same items, objectives: {id: {text, sections: [{href, title}]}},
   version: of the course}. */
(function (player) {
  'use strict';
  const { make, button, icon, text, percent, attemptsAt, bestAttempt } = player;
  const TYPING = 400; // no write for every letter

  /** Gives a number that a seed and a name settle. */
  function lot(seed, name) {
    let state = 2166136261 ^ seed;
    for (const byte of new TextEncoder().encode(name)) {
      state = Math.imul(state ^ byte, 16777619) >>> 0;
    }
    state = Math.imul(state ^ (state >>> 16), 2246822507) >>> 0;
    return (state ^ (state >>> 13)) >>> 0;
  }

  /**
   * Draws items by a blueprint: of those that fit a line, the ones used least and longest ago.
   * @param {object[]} pool       {id, module, objective, level}
   * @param {object[]} blueprint  lines; those that name most are drawn first
   * @param {number} seed
   * @param {Map} used            by item id: {times, last} of earlier attempts
   * @returns {string[]} ids, in the order in which they are asked
   */
  function draw(pool, blueprint, seed, used) {
    const names = ['module', 'objective', 'level'];
    const named = (cell) => names.filter((name) => cell[name]).length;
    const cells = blueprint.slice().sort((a, b) => named(b) - named(a));
    const drawn = [];
    for (const cell of cells) {
      const fitting = pool.filter((item) => !drawn.includes(item.id) &&
        names.every((name) => !cell[name] || cell[name] === item[name]));
      const before = (item) => used.get(item.id) || { times: 0, last: '' };
      fitting.sort((a, b) => before(a).times - before(b).times ||
        (before(a).last < before(b).last ? -1 : before(a).last > before(b).last ? 1 : 0) ||
        lot(seed, a.id) - lot(seed, b.id) || (a.id < b.id ? -1 : 1));
      drawn.push(...fitting.slice(0, cell.items).map((item) => item.id));
    }
    return drawn.sort((a, b) => lot(seed, 'place/' + a) - lot(seed, 'place/' + b) ||
      (a < b ? -1 : 1));
  }

  /** Says how often, and when last, items were drawn in some attempts. */
  function usesOf(attempts) {
    const used = new Map();
    for (const attempt of attempts) {
      for (const { id } of attempt.items) {
        const before = used.get(id) || { times: 0, last: '' };
        used.set(id, {
          times: before.times + 1,
          last: before.last > attempt.begun ? before.last : attempt.begun,
        });
      }
    }
    return used;
  }

  function hasPassed(points, mark) {
    return points * 100 + 1e-9 >= mark;
  }

  function test(quiz) {
    const setup = JSON.parse(quiz.root.dataset.imlTest);
    const stage = make('div', 'iml-test-stage');
    const live = make('p', 'iml-live');
    const title = quiz.root.querySelector('.iml-quiz-title');
    const level = title ? Number(title.tagName[1]) + 1 : 3;
    const pool = [];
    let attempt = null; // the one that is being taken
    let views = new Map();
    let timer = 0;
    let busy = false; // the learner is at work: nothing is taken from under their hands

    for (const [id, element] of quiz.written) {
      const { imlObjective: objective, imlLevel } = element.dataset;
      pool.push({ id, objective, level: imlLevel, module: objective.split('-')[0] });
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
      clearTimeout(timer);
      timer = 0;
      return quiz.store.put('attempt/' + setup.test + '/' + attempt.id, attempt);
    }

    function viewOf(id) {
      if (!views.has(id)) {
        const element = player.copyOf(quiz, id, 'test-');
        player.unsealItem(element);
        const answer = player.answerOf(element) || element.querySelector('.iml-answer');
        answer.remove();
        player.renumber(element, attempt.items.findIndex((one) => one.id === id) + 1);
        const view = player.view(element, answer);
        const given = attempt.answers[id];
        if (given && given.response !== null) view.type.restore(view, given.response);
        views.set(id, view);
      }
      return views.get(id);
    }

    /** Does something for which the answers have to be there. */
    function withAnswers(action) {
      player.sealedOf(quiz.root).then(function (there) {
        if (there) action();
        else {
          const told = make('p', 'iml-changed', icon('note'), ' ', text('player.test.missing'));
          show(heading(text('player.test.start')), [told], true);
        }
      });
    }

    // --- before it begins -------------------------------------------------------------------

    function count() {
      return setup.blueprint.reduce((sum, cell) => sum + cell.items, 0);
    }

    function start(asked) {
      const all = attempts();
      const open = all.filter((one) => !one.ended).pop();
      const last = all.filter((one) => one.ended).pop();
      const nodes = [make('p', '', text('player.test.about.' + setup.kind, {
        count: count(), pass: setup.pass || '',
      }))];
      const actions = make('div', 'iml-actions');
      busy = false;
      if (last) {
        const most = bestAttempt(all);
        nodes.push(make('p', 'iml-test-last', text(setup.pass
          ? 'player.test.best' : 'player.test.taken', {
          percent: percent(most.points), date: player.day(most.ended),
          passed: setup.pass ? text(most.passed ? 'player.test.passed' : 'player.test.failed') : '',
        })));
      }
      if (open) {
        nodes.push(make('p', '', text('player.test.begun', {
          answered: Object.values(open.answers).filter((one) => one.response !== null).length,
          count: open.items.length,
        })));
        actions.append(button('iml-button iml-check', text('player.test.resume'),
          () => withAnswers(() => resume(open, true))));
      } else {
        actions.append(button('iml-button iml-check',
          text(last ? 'player.test.again' : 'player.test.begin'),
          () => withAnswers(begin)));
      }
      if (last) {
        actions.append(button('iml-button', text('player.test.see'),
          () => withAnswers(() => result(last, true))));
      }
      nodes.push(actions);
      show(heading(text('player.test.start')), nodes, asked);
    }

    function itemOf(id) {
      const { imlVersion: version, imlType: type } = quiz.written.get(id).dataset;
      return { id, version, type };
    }

    function begin() {
      const now = new Date().toISOString();
      const seed = Math.floor(Math.random() * 4294967296);
      const earlier = setup.shares.flatMap((one) => attemptsAt(quiz.store, one));
      const ids = draw(pool, setup.blueprint, seed, usesOf(earlier));
      attempt = {
        v: player.FORMAT, at: now, test: setup.test, kind: setup.kind, course: setup.version,
        id: now + '-' + seed.toString(36), begun: now, ended: null, seed, place: 0,
        items: ids.map(itemOf), answers: {}, results: {}, points: null, passed: null,
      };
      views = new Map();
      keep();
      run(true);
    }

    /** Goes on with an attempt; items that changed meanwhile are asked anew. */
    function resume(open, asked) {
      const there = open.items.filter(({ id }) => quiz.written.has(id));
      const changed = there.filter(({ id, version }) => itemOf(id).version !== version);
      attempt = JSON.parse(JSON.stringify(open));
      attempt.items = there.map(({ id }) => itemOf(id));
      const now = new Date().toISOString();
      for (const { id } of changed) attempt.answers[id] = { response: null, at: now };
      attempt.place = Math.min(attempt.place, Math.max(0, there.length - 1));
      views = new Map();
      if (changed.length || there.length < open.items.length) {
        attempt.at = now;
        keep();
      }
      run(asked, changed.length || there.length < open.items.length
        ? text('player.test.changed') : '');
    }

    // --- while it is taken ------------------------------------------------------------------

    function answered(id) {
      const given = attempt.answers[id];
      return Boolean(given && given.response !== null);
    }

    function run(asked, notice) {
      if (!attempt.items.length) {
        start(asked);
        return;
      }
      busy = true;
      const at = attempt.place;
      const { id } = attempt.items[at];
      const view = viewOf(id);
      const kept = make('p', 'iml-kept');
      const jumps = attempt.items.map(function (one, place) {
        const jump = button('iml-jump-to', String(place + 1), () => go(place));
        if (place === at) jump.setAttribute('aria-current', 'step');
        return jump;
      });
      const list = make('ol', 'iml-jump', ...jumps.map((jump) => make('li', '', jump)));
      const back = button('iml-button', text('player.test.back'), () => go(at - 1));
      const next = button('iml-button iml-check', text('player.test.next'), () => go(at + 1));
      const end = button('iml-button', text('player.test.finish'), () => finish(false));
      const asking = make('div', 'iml-test-asking');
      asking.hidden = true;
      list.setAttribute('aria-label', text('player.test.questions'));
      back.hidden = at === 0;
      next.hidden = at === attempt.items.length - 1;
      end.classList.toggle('iml-check', next.hidden);

      function mark() {
        attempt.items.forEach(function (one, place) {
          const done = answered(one.id);
          jumps[place].classList.toggle('iml-done', done);
          jumps[place].setAttribute('aria-label', text(done
            ? 'player.test.jump.answered' : 'player.test.jump.open', { number: place + 1 }));
        });
      }

      function tellKept(ok) {
        kept.textContent = text(ok ? 'player.test.kept' : 'player.test.not-kept');
        if (!ok) say(kept.textContent);
      }

      function take() {
        const response = view.type.collect(view);
        const before = attempt.answers[id] ? attempt.answers[id].response : null;
        if (player.canonical(response) === player.canonical(before)) return;
        attempt.at = new Date().toISOString();
        attempt.answers[id] = { response, at: attempt.at };
        mark();
        asking.hidden = true;
        keep().then(tellKept);
      }

      function go(place) {
        take();
        attempt.place = place;
        attempt.at = new Date().toISOString();
        keep();
        run(true);
      }

      function finish(sure) {
        take();
        const open = attempt.items.map((one, place) => [one.id, place + 1])
          .filter(([one]) => !answered(one)).map(([, number]) => number);
        if (open.length && !sure) {
          asking.replaceChildren(make('p', '', icon('note'), ' ', text('player.test.unanswered', {
            count: open.length, numbers: open.join(', '),
          })), make('div', 'iml-actions',
            button('iml-button iml-check', text('player.test.finish-so'), () => finish(true)),
            button('iml-button', text('player.test.go-on'), () => go(open[0] - 1))));
          asking.hidden = false;
          asking.querySelector('button').focus();
          say(asking.querySelector('p').textContent);
          return;
        }
        end_();
      }

      view.element.addEventListener('change', take);
      view.element.addEventListener('iml-change', take);
      view.element.addEventListener('input', function () {
        clearTimeout(timer);
        timer = setTimeout(take, TYPING);
      });
      mark();
      const nodes = [list, view.element, make('div', 'iml-item iml-test-foot', asking,
        make('div', 'iml-actions', back, next, end), kept)];
      if (notice) nodes.unshift(make('p', 'iml-changed', icon('note'), ' ', notice));
      show(heading(text('player.test.at', { number: at + 1, count: attempt.items.length })),
        nodes, asked);
      flush = take;
      quiz.store.load().then(() => tellKept(!quiz.store.troubles().some((kind) =>
        kind === 'full' || kind === 'forbidden')));
    }

    let flush = function () {};
    globalThis.addEventListener('pagehide', () => { if (busy) flush(); });

    // --- when it is done --------------------------------------------------------------------

    function end_() {
      const now = new Date().toISOString();
      let sum = 0;
      for (const { id } of attempt.items) {
        const view = viewOf(id);
        const response = answered(id) ? attempt.answers[id].response : null;
        const points = response === null ? 0 : view.type.score(view.data, response).points;
        attempt.results[id] = points;
        sum += points;
        const record = player.recordOf(view, response, points, quiz.store.get('item/' + id));
        // What is asked before and after the course has no page on which it could come back.
        if (setup.kind === 'pre' || setup.kind === 'post') delete record.review;
        quiz.store.put('item/' + id, record);
      }
      attempt.points = attempt.items.length ? sum / attempt.items.length : 0;
      attempt.passed = setup.pass ? hasPassed(attempt.points, setup.pass) : null;
      attempt.ended = attempt.at = now;
      busy = false;
      keep().then(function (kept) {
        if (!kept) say(text('player.test.not-kept'));
      });
      result(attempt, true);
    }

    function objectiveTable(of) {
      const sums = new Map();
      for (const { id } of of.items) {
        const written = quiz.written.get(id);
        if (!written) continue;
        const objective = written.dataset.imlObjective;
        const before = sums.get(objective) || [0, 0];
        sums.set(objective, [before[0] + (of.results[id] || 0), before[1] + 1]);
      }
      const rows = Array.from(sums).sort(([a], [b]) => (a < b ? -1 : 1))
        .map(function ([id, [points, number]]) {
          const about = setup.objectives[id] || { text: id, sections: [] };
          const again = make('td', '');
          if (points < number) {
            about.sections.forEach(function (section, index) {
              const link = make('a', '', section.title);
              link.href = section.href;
              again.append(...(index ? ['; ', link] : [link]));
            });
          } else again.append(text('player.test.all-right'));
          const head = make('th', '', about.text);
          head.scope = 'row';
          return make('tr', '', head, make('td', '', text('player.test.points', {
            points: number_(points), count: number,
          })), again);
        });
      const names = ['objective', 'result', 'again'].map(function (name) {
        const head = make('th', '', text('player.test.column.' + name));
        head.scope = 'col';
        return head;
      });
      const table = make('table', 'iml-test-table', make('caption', '', text('player.test.by')),
        make('thead', '', make('tr', '', ...names)), make('tbody', '', ...rows));
      const wrap = make('div', 'iml-test-scroll', table);
      wrap.tabIndex = 0;
      wrap.setAttribute('role', 'region');
      wrap.setAttribute('aria-label', text('player.test.by'));
      return wrap;
    }

    function number_(points) {
      return (Math.round(points * 100) / 100).toLocaleString(text('player.locale'));
    }

    /** Shows what was gained since the pre-test, as words and as two bars. */
    function gain(of) {
      const before = attemptsAt(quiz.store, 'pre-test').filter((one) => one.ended)[0];
      if (setup.kind !== 'post' || !before) return [];
      const bars = [['before', before], ['after', of]].map(function ([name, one]) {
        const bar = make('span', 'iml-bar');
        bar.style.setProperty('--iml-share', percent(one.points) + '%');
        return make('p', 'iml-gain-bar', make('span', 'iml-gain-name',
          text('player.test.gain.' + name, { percent: percent(one.points) })), bar);
      });
      return [make('div', 'iml-gain', make('p', '', text('player.test.gain', {
        before: percent(before.points), after: percent(of.points),
        gain: percent(of.points) - percent(before.points),
      })), ...bars)];
    }

    function result(of, asked) {
      busy = false;
      attempt = of;
      views = new Map();
      const kind = of.passed === null ? 'note' : of.passed ? 'right' : 'partly';
      const words = make('p', 'iml-result-head', icon(kind), ' ');
      if (of.passed !== null) {
        words.append(make('strong', '', text(of.passed
          ? 'player.test.passed' : 'player.test.failed')), ' ');
      }
      words.append(text('player.test.score', {
        percent: percent(of.points), points: number_(of.points * of.items.length),
        count: of.items.length,
      }));
      if (setup.pass) words.append(' ', text('player.test.mark', { pass: setup.pass }));
      const box = make('div', 'iml-result iml-' + (of.passed ? 'right' : 'partly'), words,
        ...gain(of));
      const items = make('div', 'iml-test-items');
      const see = button('iml-button', text('player.test.answers'), function () {
        see.hidden = true;
        items.replaceChildren(...of.items.filter(({ id }) => quiz.written.has(id)).map(reviewItem));
        const first = items.firstElementChild;
        if (!first) return;
        first.tabIndex = -1;
        first.focus({ preventScroll: true });
        first.scrollIntoView({ block: 'nearest' });
      });
      // What was asked before the course is not answered then: the course is to answer it.
      see.hidden = setup.kind === 'pre';
      const again = button('iml-button iml-check', text('player.test.again'), begin);
      const after = setup.kind === 'pre' ? [make('p', '', text('player.test.pre.after'))] : [];
      const scored = make('div', 'iml-item', box, ...after, objectiveTable(of),
        make('div', 'iml-actions', see, again));
      show(heading(text('player.test.result')), [scored, items], asked);
      if (asked) say(words.textContent);
    }

    /** Shows an item of a finished test with what was answered and what is right. */
    function reviewItem({ id, version }) {
      const view = viewOf(id);
      const given = attempt.answers[id];
      const response = given ? given.response : null;
      if (view.version !== version) {
        view.element.append(make('p', 'iml-changed', icon('note'), ' ',
          text('player.test.changed-since')));
      }
      const empty = response === null || !view.type.restore(view, response);
      const outcome = empty
        ? { response: null, result: { points: 0, parts: {} }, shown: true }
        : { response, result: view.type.score(view.data, response), shown: true };
      const { points } = outcome.result;
      const kind = points === 1 ? 'right' : points > 0 ? 'partly' : 'wrong';
      const head = make('p', 'iml-result-head', icon(kind),
        make('strong', '', text(empty ? 'player.test.no-answer' : 'player.' + kind)));
      const told = make('div', 'iml-result iml-' + kind, head);
      if (empty) {
        told.append(make('p', '', text('player.shown', { answer: view.type.answer(view) })));
      } else {
        const more = view.type.mark(view, outcome);
        if (more) told.append(...more);
      }
      for (const proof of view.answer.querySelectorAll(':scope > .iml-evidence')) {
        told.append(proof.cloneNode(true));
      }
      view.lock(true);
      view.question.after(told);
      return view.element;
    }

    quiz.refresh = function () {};
    const troubles = player.troublesOf(quiz, stage);
    quiz.store.listen(function (key) {
      troubles();
      // Another page may have gone on with it; here it is shown when nothing is under way.
      if (!busy && !attempt && (key || '').startsWith('attempt/' + setup.test + '/')) start(false);
    });
    quiz.store.load().then(function () {
      troubles();
      if (busy) return;
      const open = attempts().filter((one) => !one.ended).pop();
      if (open) withAnswers(() => resume(open, false));
      else start(false);
    });
  }

  test.draws = true;
  player.modes.test = test;
  Object.assign(player, { draw, usesOf });
}(globalThis.imlPlayer));
