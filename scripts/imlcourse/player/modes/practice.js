// needs: core/dom core/texts record/record modes/explain
// later: record/export record/schedule
// texts: player.again player.announce player.answered player.changed player.check
//   player.me.export player.not-kept player.pick.others player.progress player.retry
//   player.scenario.again player.show player.shown player.store.*
/* Practice: feedback at once, any number of tries, the first one recorded. */
(function (player) {
  'use strict';
  const { make, button, icon } = player.dom;
  const { text } = player.texts;
  const { verdict, head, grounds } = player.explain;
  // A second press that comes sooner was meant for the button that stood there before.
  const TOO_SOON = 400;
  const troublesAt = new WeakMap(); // by store: the element that says what is not kept

  /**
   * Makes one item answerable, with feedback at once.
   * @param {object} quiz      its quiz
   * @param {object} view      its view
   * @param {function} [done]  of an item that came back: what to do when it was answered, given
   *                           whether it was right; such an item begins empty, whatever is kept
   */
  function practise(quiz, view, done) {
    const key = 'item/' + view.id;
    const result = make('div', 'iml-result');
    const check = button('iml-button iml-check', text('player.check'), onCheck);
    const again = button('iml-button iml-again', text(view.type.again || 'player.again'), onAgain);
    const show = button('iml-button iml-show', text(view.type.show || 'player.show'), onShow);
    const restart = button('iml-button iml-restart', text('player.scenario.again'), onRestart);
    const actions = make('div', 'iml-actions', check, again, show, restart);
    const hint = view.element.querySelector('.iml-hint');
    let outcome = null;
    let tries = 0; // since the item was last solved or shown
    let hinted = false;
    let checkedAt = -Infinity;

    result.hidden = again.hidden = show.hidden = restart.hidden = true;
    if (hint) {
      hint.addEventListener('toggle', function () { hinted = hinted || hint.open; });
    }
    if (view.type.finishes) {
      check.hidden = true;
      view.finish = onCheck;
      view.question.addEventListener('iml-change', function () {
        restart.hidden = false;
        keepDraft(view.type.collect(view));
      });
    }
    (hint || view.question).after(result, actions);
    view.question.addEventListener('change', function () {
      if (view.live.classList.contains('iml-shown')) view.say(''); // what was missing is there
    });
    view.question.addEventListener('keydown', function (event) {
      // The Enter that ends the composition of a letter (Chinese, Japanese, Korean) belongs to it;
      // Safari sends it when the composition is over, with this code alone.
      const composing = event.isComposing || event.keyCode === 229;
      if (event.key !== 'Enter' || event.repeat || composing || event.target.type !== 'text') return;
      event.preventDefault();
      if (!check.hidden) onCheck();
    });
    // A key that is held down must not check, clear and check again.
    actions.addEventListener('keydown', function (event) {
      if (event.repeat && event.key === 'Enter') event.preventDefault();
    });

    function current() {
      const record = quiz.store.get(key);
      return record && record.item === view.version ? record : null;
    }

    /** Keeps a case that was begun, so that it can be gone on with. */
    function keepDraft(response) {
      if (done) return;
      quiz.store.put('draft/' + view.id, Object.assign({
        v: player.record.FORMAT, item: view.version, response: response || [],
      }, player.record.stamp()));
    }

    /** Gives the case that was begun and not finished, if it is newer than what was finished. */
    function draft() {
      const kept = quiz.store.get('draft/' + view.id);
      const record = current();
      return kept && kept.item === view.version && kept.response.length &&
        (!record || player.record.writtenAt(record) < player.record.writtenAt(kept)) ? kept.response : null;
    }

    function summary() {
      return view.type.summary ? view.type.summary(view, outcome) : '';
    }

    /**
     * Shows the outcome: beside the parts, and below them with the evidence, which waits for the
     * second try, or until it is asked for, where it would give the answer away.
     */
    function present(extra) {
      const [kind, word] = verdict(outcome.result.points);
      outcome.again = tries > 1;
      if (!view.type.finishes) view.unmark(); // a case has told of each decision already
      const more = view.type.mark(view, outcome);
      result.className = 'iml-result iml-' + kind;
      result.replaceChildren(head(kind, word, summary()));
      if (more) result.append(...more);
      result.append(...grounds(view, outcome, kind === 'right' || outcome.again || outcome.shown));
      if (extra) result.append(extra);
      result.hidden = false;
      if (hint) hint.hidden = true; // it was for thinking
      view.lock(true);
      check.hidden = restart.hidden = true;
      again.hidden = Boolean(done);
      show.hidden = kind === 'right' || outcome.shown;
    }

    function close() {
      view.unmark();
      view.lock(false);
      result.hidden = true;
      if (hint) hint.hidden = false;
      check.hidden = Boolean(view.type.finishes);
      again.hidden = show.hidden = restart.hidden = true;
      if (outcome && (outcome.shown || outcome.result.points === 1)) tries = 0;
      outcome = null;
    }

    /** Keeps a record; where that fails, the learner hears of it with what else is said. */
    function keep(record, said) {
      view.say(said);
      quiz.store.put(key, record).then(function (kept) {
        if (kept) return;
        const why = quiz.store.troubles().map((kind) => text('player.store.' + kind));
        view.say([said, text('player.not-kept')].concat(why).join(' '));
      });
    }

    function onCheck() {
      const response = view.type.collect(view);
      if (response === null) {
        view.say(text(view.type.nothing), true);
        return;
      }
      const refused = view.type.refuse ? view.type.refuse(view, response) : '';
      if (refused) {
        view.say(refused, true);
        return;
      }
      const scored = view.type.score(view.data, response);
      outcome = { response, result: scored, shown: Boolean(done) };
      tries += 1;
      checkedAt = performance.now();
      if (view.outdated) view.outdated.remove();
      present();
      const rest = [summary(), view.saidNotes()].filter(Boolean).join(' ');
      const said = text('player.announce', { result: verdict(scored.points)[1], rest });
      const before = quiz.store.get(key);
      const record = player.record.recordOf(view, response, scored.points, before);
      if (hinted) {
        record.hinted = true;
        if (record.tries === 1) record.first.hinted = true;
      }
      keep(done && record.review ? player.schedule.reviewed(record, scored.points === 1) : record, said);
      // Last: to focus and to scroll, the browser lays the page out.
      if (done) done(scored.points === 1);
      else {
        again.focus({ preventScroll: true });
        again.scrollIntoView({ block: 'nearest' });
      }
      // Older than the record, it counts for nothing: it can wait.
      if (view.type.finishes) setTimeout(keepDraft, 0, null);
    }

    /** Begins a case anew that is not at its end yet. */
    function onRestart() {
      view.type.reset(view, null);
      keepDraft(null);
      anew();
    }

    function onAgain() {
      if (performance.now() - checkedAt < TOO_SOON) return;
      const old = outcome;
      close();
      view.type.reset(view, old);
      anew();
    }

    function anew() {
      restart.hidden = true;
      const first = Array.from(view.controls()).find((control) => control.offsetParent);
      if (first) first.focus();
      view.say(text('player.retry'));
    }

    function onShow() {
      if (performance.now() - checkedAt < TOO_SOON) return;
      outcome.shown = true;
      present();
      again.focus();
      const said = text('player.shown', { answer: view.type.answer(view) });
      const record = current();
      if (record) keep(Object.assign({}, record, { shown: true }), said);
      else view.say(said);
    }

    /** Puts a kept answer back, where the learner has not begun another. */
    function restore() {
      // Who came by an address has the focus on the question, and nothing in hand yet.
      const busy = view.element.querySelector(':focus');
      const me = quiz.store.get('me');
      if (view.type.setRole) view.type.setRole(view, me && me.role);
      const record = quiz.store.get(key);
      const begun = !outcome && !busy && draft();
      if (begun && view.type.collect(view) === null && view.type.restore(view, begun)) {
        restart.hidden = false;
        return;
      }
      // Nor is anything taken from under the learner's hands when another page has an answer.
      if (outcome || !record) return;
      if (busy) {
        view.element.addEventListener('focusout', () => setTimeout(restore), { once: true });
        return;
      }
      if (record.response === null) return; // left open in a test
      if (record.item !== view.version) {
        if (!view.outdated) {
          const told = text('player.changed', { date: player.texts.day(record.at) });
          view.outdated = make('p', 'iml-changed', icon('note'), ' ', make('span', '', told));
          actions.before(view.outdated);
        }
        return;
      }
      if (view.type.collect(view) !== null) return;
      if (!view.type.restore(view, record.response)) {
        quiz.store.setAside(key);
        return;
      }
      const scored = view.type.score(view.data, record.response);
      outcome = { response: record.response, result: scored, shown: Boolean(record.shown) };
      tries = record.tries;
      present(make('p', 'iml-when', text('player.answered', { date: player.texts.day(record.at) })));
    }

    view.restore = restore;
    view.current = current;
    if (done && view.type.setRole) {
      const me = quiz.store.get('me');
      view.type.setRole(view, me && me.role);
    }
  }

  /** Writes how far the learner is, above the items. */
  function progressOf(quiz) {
    const head = quiz.root.querySelector('.iml-quiz-head');
    if (!head || !quiz.views.length) return function () {};
    const words = make('span', 'iml-progress-text');
    const steps = quiz.views.map(() => make('span', 'iml-step'));
    const track = make('span', 'iml-track', ...steps);
    track.setAttribute('aria-hidden', 'true');
    head.append(make('p', 'iml-progress', track, words));

    return function () {
      quiz.views.forEach(function (view, index) {
        const record = view.current();
        const kind = !record ? '' : record.first.points === 1 ? ' iml-right' : ' iml-done';
        steps[index].className = 'iml-step' + kind;
        steps[index].hidden = view.element.hidden;
      });
      // A case that is meant for another role, and not shown, is not counted.
      const records = quiz.views.filter((view) => !view.element.hidden)
        .map((view) => view.current());
      words.textContent = text('player.progress', {
        answered: records.filter(Boolean).length,
        right: records.filter((record) => record && record.first.points === 1).length,
        count: records.length,
      });
    };
  }

  /** Says what is not kept, and why, above the items. */
  function troublesOf(quiz, before) {
    const place = make('div', 'iml-troubles');
    const first = before || quiz.root.querySelector('[data-iml-item]');
    place.hidden = true;
    if (first) first.before(place);

    /** Says whether it is said here: once on a page is enough, before its first quiz. */
    function isHere() {
      const there = troublesAt.get(quiz.store);
      if (!there || !there.isConnected) troublesAt.set(quiz.store, place);
      return troublesAt.get(quiz.store) === place;
    }

    isHere();
    return function () {
      if (!isHere()) return;
      const kinds = quiz.store.troubles();
      if (place.dataset.imlKinds === kinds.join()) return;
      place.dataset.imlKinds = kinds.join();
      place.hidden = !kinds.length;
      place.replaceChildren(...kinds.map((kind) =>
        make('p', '', icon('note'), ' ', make('span', '', text('player.store.' + kind)))));
      const lost = kinds.some((kind) => /^(forbidden|full|alone)$/.test(kind));
      if (lost && quiz.store.files && globalThis.imlCourse) {
        place.append(make('div', 'iml-actions',
          button('iml-button', text('player.me.export'), () => exportFrom(quiz.store))));
      }
    };
  }

  /** Exports the record from a page that may be the only place where it is. */
  function exportFrom(store) {
    const go = () => player.exporting.exportRecord(globalThis.imlCourse, store);
    if (player.exporting) {
      go();
      return;
    }
    player.dom.load(store.files + 'progress.js').then((there) => { if (there) go(); });
  }

  /** Of several cases, shows the one for the learner's role; the others when asked for. */
  function pickByRole(quiz) {
    if (quiz.root.dataset.imlPick !== 'role' || quiz.views.length < 2) return;
    const others = button('iml-button iml-others', text('player.pick.others'), function () {
      for (const view of quiz.views) view.element.hidden = false;
      others.hidden = true;
      quiz.refresh();
    });
    quiz.root.append(make('div', 'iml-item iml-pick', others));

    function pick() {
      if (others.hidden) return;
      const me = quiz.store.get('me');
      const role = me && me.role;
      const rolesOf = (view) => (view.element.dataset.imlRoles || '').split(' ').filter(Boolean);
      const chosen = quiz.views.find((view) => role && rolesOf(view).includes(role)) ||
        quiz.views.find((view) => !rolesOf(view).length) || quiz.views[0];
      for (const view of quiz.views) view.element.hidden = view !== chosen;
      quiz.refresh();
    }

    pick();
    quiz.onEnd(quiz.store.listen((key) => { if (key === 'me') pick(); }));
    quiz.store.load().then(pick);
  }

  player.modes.practice = function (quiz) {
    for (const view of quiz.views) practise(quiz, view);
    const progress = progressOf(quiz);
    const troubles = troublesOf(quiz);
    quiz.refresh = function () {
      progress();
      troubles();
    };

    function restore(views) {
      for (const view of views) view.restore();
      quiz.refresh();
    }

    quiz.onEnd(quiz.store.listen(function (key) {
      const touched = quiz.views.filter((view) => key === 'item/' + view.id || key === 'me');
      if (touched.length) restore(touched);
      else if (key === null) quiz.refresh();
    }));
    pickByRole(quiz);
    quiz.store.load().then(() => restore(quiz.views));
  };
  player.practice = { practise, troublesOf };
}(globalThis.imlPlayer));
