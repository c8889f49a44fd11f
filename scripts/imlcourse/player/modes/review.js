// needs: core/dom core/items core/seal core/texts record/record modes/asking
// texts: player.review.begin player.review.done player.review.due player.review.early
//   player.review.how player.review.later player.review.title
/* What comes back of some quizzes, below them: in a notebook. The book has a page for what comes
   back of all modules (pages/practise.js). */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;

  /**
   * Offers, in a place of the page, what was missed in some quizzes.
   * @param {HTMLElement} place    an empty element
   * @param {Quiz[]} quizzes   as enhance gives them
   * @param {Store} store     the learner's store
   * @returns {() => void} what takes its listener away again
   */
  function review(place, quizzes, store) {
    const words = make('p', 'iml-review-words');
    const go = button('iml-button iml-check', '', () => begin(waiting(true)));
    const early = button('iml-button', '', () => begin(waiting(false)));
    const how = make('p', 'iml-how', text('player.review.how'));
    const stage = make('div', 'iml-review-stage');
    const head = make('h2', 'iml-quiz-title', text('player.review.title'));
    const live = make('p', 'iml-live');
    let running = false;

    live.setAttribute('role', 'status');
    place.classList.add('iml-quiz', 'iml-review');
    place.setAttribute('role', 'group');
    head.id = (place.id || 'iml-review') + '-title';
    place.setAttribute('aria-labelledby', head.id);
    place.append(make('div', 'iml-quiz-head', head),
      make('div', 'iml-item', words, how, make('div', 'iml-actions', go, early), live), stage);

    /** Gives the items that are in a box: those that are due, or all of them. */
    function waiting(due) {
      const now = new Date().toISOString();
      const found = [];
      for (const quiz of quizzes) {
        for (const [id, element] of quiz.written) {
          const record = store.get('item/' + id);
          const same = record && record.item === element.dataset.imlVersion;
          const back = same ? player.record.dueAt(record, now) : null;
          if (back && (!due || player.record.isDue(record, now))) found.push({ quiz, id, due: back });
        }
      }
      return found.sort((a, b) => (a.due < b.due ? -1 : 1));
    }

    function refresh() {
      if (running) return;
      const all = waiting(false);
      const due = waiting(true);
      place.hidden = !all.length;
      words.textContent = due.length ? text('player.review.due', { count: due.length })
        : all.length ? text('player.review.later', {
          count: all.length, when: player.texts.when(all[0].due),
        }) : '';
      go.textContent = text('player.review.begin');
      go.hidden = !due.length;
      early.textContent = text('player.review.early');
      early.hidden = Boolean(due.length);
    }

    function begin(list) {
      running = true;
      go.hidden = early.hidden = true;

      function end(right, count) {
        running = how.hidden = false;
        refresh();
        live.textContent = text('player.review.done', { right, count });
        live.classList.add('iml-shown');
        place.hidden = false;
        head.tabIndex = -1;
        head.focus();
      }

      live.textContent = '';
      live.classList.remove('iml-shown');
      // Of a missing file, only its items are left out.
      Promise.all(list.map(({ quiz }) => player.seal.sealedOf(quiz.root))).then(function (there) {
        how.hidden = true;
        const items = list.filter((_, at) => there[at])
          .map(({ quiz, id }) => player.items.copyOf(quiz, id, 'review-'));
        player.asking.ask(stage, store, items, {
          told: (said) => { words.textContent = said; }, done: end,
        });
      });
    }

    const soon = player.dom.later(refresh);
    const end = store.listen(function (key) {
      if (key === null || key.startsWith('item/')) soon();
    });
    place.hidden = true;
    store.load().then(refresh);
    return end;
  }

  player.review = review;
}(globalThis.imlPlayer));
