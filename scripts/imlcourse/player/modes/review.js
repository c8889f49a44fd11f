// needs: core/dom core/items core/seal core/texts record/record modes/practice
// texts: player.review.at player.review.begin player.review.done player.review.due
//   player.review.early player.review.end player.review.how player.review.later
//   player.review.next player.review.title
/* "Bring back what I missed": items that were missed return at growing intervals (Leitner's
   boxes: see WAITS in record.js), until they were right at once in each box. */
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
      let at = 0;
      let right = 0;

      function next() {
        if (at >= list.length) {
          end();
          return;
        }
        const { quiz, id } = list[at];
        const element = player.items.copyOf(quiz, id, 'review-');
        element.querySelector('.iml-number').remove(); // its number stands above
        how.hidden = true;
        stage.replaceChildren(element);
        const view = player.items.view(element, player.seal.answerOf(element));
        const onward = button('iml-button iml-onward-button', text(at + 1 < list.length
          ? 'player.review.next' : 'player.review.end'), function () {
          at += 1;
          next();
        });
        onward.hidden = true;
        player.practice.practise({ root: place, store }, view, function (wasRight) {
          right += wasRight ? 1 : 0;
          onward.hidden = false;
          onward.focus({ preventScroll: true });
          onward.scrollIntoView({ block: 'nearest' });
        });
        element.append(make('div', 'iml-actions', onward));
        words.textContent = text('player.review.at', { number: at + 1, count: list.length });
        element.tabIndex = -1;
        element.focus({ preventScroll: true });
        element.scrollIntoView({ block: 'nearest' });
      }

      function end() {
        running = how.hidden = false;
        stage.replaceChildren();
        refresh();
        live.textContent = text('player.review.done', { right, count: list.length });
        live.classList.add('iml-shown');
        place.hidden = false;
        head.tabIndex = -1;
        head.focus();
      }

      live.textContent = '';
      live.classList.remove('iml-shown');
      // Of a missing file, only its items are left out.
      Promise.all(list.map(({ quiz }) => player.seal.sealedOf(quiz.root))).then(function (there) {
        list = list.filter((_, place) => there[place]);
        next();
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
