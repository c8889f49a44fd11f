// needs: core/dom core/items core/seal core/texts record/record modes/marking modes/result
// later: modes/coded pages/pages pages/start
// texts: player.start.retake player.test.again player.test.answers player.test.at player.test.back player.test.failed
//   player.test.finish player.test.finish-so player.test.go-on player.test.jump.answered
//   player.test.jump.open player.test.kept player.test.mark player.test.next player.test.not-kept
//   player.test.passed player.test.pre.after player.test.questions player.test.result
//   player.test.score player.test.unanswered
/* A sitting of a test: what begins when its button is pressed, from the first question to the
   result. On the pages of the book it is loaded then, with the answers. */
(function (player) {
  'use strict';
  const { make, button, icon } = player.dom;
  const { text, enumerated } = player.texts;
  const { percent, attemptsAt } = player.record;
  const { isAnswered, unanswered, marked, byObjective } = player.marking;
  const { told, gain, itemResult, number } = player.result;
  const TYPING = 400; // no write for every letter

  /**
   * @param {object} test   of test.js: quiz, setup, state (attempt: the one that is taken or shown;
   *                        views by item id; busy: the learner is at work, and nothing is taken
   *                        from under their hands; timer), show, heading, level of the heading,
   *                        say, keep, begin, start
   * @returns {object} run(asked, notice), result(of, asked)
   */
  player.sitting = function (test) {
    const { quiz, setup, state, show, heading, level, say, keep, begin, start } = test;

    function viewOf(id) {
      if (!state.views.has(id)) {
        const element = player.items.copyOf(quiz, id, 'test-');
        player.seal.unsealItem(element);
        const answer = player.seal.answerOf(element) || element.querySelector('.iml-answer');
        answer.remove();
        player.items.renumber(element, state.attempt.items.findIndex((one) => one.id === id) + 1);
        const view = player.items.view(element, answer);
        const given = state.attempt.answers[id];
        if (given && given.response !== null) view.type.restore(view, given.response);
        state.views.set(id, view);
      }
      return state.views.get(id);
    }

    // --- while it is taken ------------------------------------------------------------------

    const answered = (id) => isAnswered(state.attempt, id);

    function run(asked, notice) {
      if (!state.attempt.items.length) {
        start(asked);
        return;
      }
      state.busy = true;
      const at = state.attempt.place;
      const { id } = state.attempt.items[at];
      const view = viewOf(id);
      const kept = make('p', 'iml-kept');
      const jumps = state.attempt.items.map(function (one, place) {
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
      next.hidden = at === state.attempt.items.length - 1;
      end.classList.toggle('iml-check', next.hidden);

      function mark() {
        state.attempt.items.forEach(function (one, place) {
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
        const before = state.attempt.answers[id] ? state.attempt.answers[id].response : null;
        if (player.record.canonical(response) === player.record.canonical(before)) return;
        const now = player.record.stamp();
        Object.assign(state.attempt, now);
        state.attempt.answers[id] = Object.assign({ response }, now);
        mark();
        asking.hidden = true;
        end.hidden = false;
        keep().then(tellKept);
      }

      function go(place) {
        take();
        state.attempt.place = place;
        Object.assign(state.attempt, player.record.stamp());
        keep();
        run(true);
      }

      function finish(sure) {
        take();
        const open = unanswered(state.attempt);
        if (open.length && !sure) {
          asking.replaceChildren(make('p', '', icon('note'), ' ', text('player.test.unanswered', {
            count: open.length, numbers: enumerated(open),
          })), make('div', 'iml-actions',
            // First and in focus, so that a second press loses nothing.
            button('iml-button iml-check', text('player.test.go-on', { number: open[0] }), () => go(open[0] - 1)),
            button('iml-button', text('player.test.finish-so'), () => finish(true))));
          asking.hidden = false;
          end.hidden = true; // one way to finish at a time
          asking.querySelector('button').focus();
          say(asking.querySelector('p').textContent);
          return;
        }
        settle();
      }

      view.element.addEventListener('change', take);
      view.element.addEventListener('iml-change', take);
      view.element.addEventListener('input', function () {
        clearTimeout(state.timer);
        state.timer = setTimeout(take, TYPING);
      });
      mark();
      // The numbers come last: whoever goes by the tab key is at the answers at once.
      const nodes = [view.element, make('div', 'iml-item iml-test-foot', asking,
        make('div', 'iml-actions', back, next, end), kept), list];
      if (notice) nodes.unshift(make('p', 'iml-changed', icon('note'), ' ', notice));
      show(heading(text('player.test.at', { number: at + 1, count: state.attempt.items.length })),
        nodes, asked);
      flush = take;
      quiz.store.load().then(() => tellKept(!quiz.store.troubles().some((kind) =>
        kind === 'full' || kind === 'forbidden')));
    }

    let flush = function () {};
    const leave = () => { if (state.busy) flush(); };
    quiz.onEnd(player.dom.listen(globalThis, 'pagehide', leave));
    quiz.onEnd(leave); // what was typed last is kept when the quiz goes with its page or its cell

    // --- when it is done --------------------------------------------------------------------

    /** Ends the attempt, and keeps what it tells of each item. */
    function settle() {
      const now = player.record.stamp();
      const responseTo = (id) => (answered(id) ? state.attempt.answers[id].response : null);
      state.attempt = marked(state.attempt, setup.pass, function (id) {
        const view = viewOf(id);
        return view.type.score(view.data, responseTo(id)).points;
      }, now.at);
      Object.assign(state.attempt, now);
      for (const { id } of state.attempt.items) {
        const record = player.record.recordOf(viewOf(id), responseTo(id), state.attempt.results[id],
          quiz.store.get('item/' + id));
        // What is asked before and after the course has no page on which it could come back.
        if (['pre', 'post', 'start'].includes(setup.kind)) delete record.review;
        quiz.store.put('item/' + id, record);
      }
      state.busy = false;
      keep().then(function (kept) {
        if (!kept) say(text('player.test.not-kept'));
      });
      result(state.attempt, true);
    }

    /** Shows what was gained since the pre-test. */
    function gainOf(of) {
      const [before] = attemptsAt(quiz.store, 'pre-test').filter((one) => one.ended);
      return setup.kind === 'post' && before ? gain(before, of) : [];
    }

    function result(of, asked) {
      state.busy = false;
      state.attempt = of;
      state.views = new Map();
      const kind = of.passed === null ? 'note' : of.passed ? 'right' : 'partly';
      const words = make('p', 'iml-result-head', icon(kind), ' ');
      if (of.passed !== null) {
        words.append(make('strong', '', text(of.passed
          ? 'player.test.passed' : 'player.test.failed')), ' ');
      }
      words.append(text('player.test.score', {
        percent: percent(of.points), points: number(of.points * of.items.length),
        count: of.items.length,
      }));
      if (setup.pass) words.append(' ', text('player.test.mark', { pass: setup.pass }));
      const box = make('div', 'iml-result iml-' + (of.passed ? 'right' : 'partly'), words,
        ...gainOf(of));
      const items = make('div', 'iml-test-items');
      const see = button('iml-button', text('player.test.answers'), function () {
        see.hidden = true;
        items.replaceChildren(...of.items.filter(({ id }) => quiz.written.has(id)).map(reviewItem));
        /** @type {any} */
        const first = items.firstElementChild;
        if (!first) return;
        first.tabIndex = -1;
        first.focus({ preventScroll: true });
        first.scrollIntoView({ block: 'nearest' });
      });
      // What was asked before the course is not answered then: the course is to answer it.
      see.hidden = setup.kind === 'pre';
      const again = button('iml-button', text(setup.kind === 'start' ? 'player.start.retake'
        : 'player.test.again'), begin);
      // Behind a success something else is next; whoever did not pass tries again.
      const on = of.passed !== false && player.book ? player.book.nextButton(quiz.store, true) : null;
      if (of.passed === false) again.classList.add('iml-check');
      const after = setup.kind === 'pre' ? [make('p', '', text('player.test.pre.after'))] : [];
      const rows = byObjective(of, (id) => (quiz.written.has(id)
        ? quiz.written.get(id).dataset.imlObjective : ''));
      const actions = make('div', 'iml-actions', ...(on ? [on] : []), see, again);
      const proposed = setup.kind === 'start' && player.startCheck && globalThis.imlCourse
        ? player.startCheck.shown(globalThis.imlCourse, quiz.store) : [];
      const scored = proposed.length
        ? make('div', 'iml-item iml-start-result', ...proposed, make('div', 'iml-actions', see, again))
        : make('div', 'iml-item', box, ...after,
          ...told(rows, setup, (quiz.store.get('me') || {}).role, Boolean(of.passed)), actions);
      if (setup.code) {
        const place = make('div', 'iml-code-place');
        scored.append(place);
        coded().then((there) => {
          if (there) place.append(player.coded(quiz, setup, of, rows, words.textContent, level + 1));
        });
      }
      show(heading(text('player.test.result')), [scored, items], asked);
      if (asked) say(proposed.length ? proposed[0].textContent : words.textContent);
    }

    /** Brings what shows the code of a result: on the pages of the book, from files of its own. */
    async function coded() {
      const { files } = quiz.store;
      return Boolean(player.coded) || (await player.dom.load(files + 'code.js') &&
        await player.dom.load(files + 'coded.js'));
    }

    /** Shows an item of a finished test with what was answered and what is right. */
    function reviewItem({ id, version }) {
      const given = state.attempt.answers[id];
      return itemResult(viewOf(id), version, given ? given.response : null);
    }

    return { run, result };
  };
}(globalThis.imlPlayer));
