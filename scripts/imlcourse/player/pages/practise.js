// needs: core/dom core/seal core/session core/texts modes/asking modes/practice pages/course
//   pages/pages record/store
// texts: player.due.done player.due.how player.due.missing player.due.more.* player.due.next
//   player.due.none player.due.right player.review.how
/* The page on which what was missed comes back, of all modules, mixed, three minutes at a time. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text, form } = player.texts;
  const { session: SESSION } = player.shared.record;

  /** Gives the items that are asked now, from the files of their modules. */
  function fetched(course, store, asked) {
    const modules = Array.from(new Set(asked.map(({ module }) => module)));
    return Promise.all(modules.map(function (id) {
      const holder = make('div', '');
      const { quiz } = course.modules.find((one) => one.id === id);
      holder.dataset.imlSealedIn = (quiz ? ['practice', 'sealed'] : ['practice'])
        .map((kind) => store.files + kind + '-' + id + '.js').join(' ');
      return player.seal.sealedOf(holder);
    })).then(function (there) {
      // Of a missing file, only its items are left out.
      return asked.filter(({ module }) => there[modules.indexOf(module)])
        .map(({ id }) => player.seal.itemOf(id)).filter(Boolean);
    });
  }

  /**
   * Makes the page.
   * @param {HTMLElement} place  an element for it
   * @param {Course} course
   * @param {Store} store
   */
  function practise(place, course, store) {
    const words = make('h2', 'iml-quiz-title');
    const stage = make('div', 'iml-review-stage');
    const how = make('details', 'iml-due-how', make('summary', '', text('player.due.how')),
      make('p', '', text('player.review.how')));
    const due = () => player.course.stateOf(course, store, new Date().toISOString()).due;

    /** Says how it stands, and what is next. */
    function rest(lines, asked) {
      const left = due();
      const actions = make('div', 'iml-actions');
      const next = player.book.nextButton(store, true);
      if (left.next) lines.push(text('player.due.next', { when: player.texts.when(left.next) }));
      if (next) actions.append(next);
      if (left.count) {
        const more = make('a', 'iml-button', text('player.due.more.' + form(left.count),
          { count: left.count }));
        more.href = player.book.to(course.pages.practise);
        actions.append(more);
      }
      words.textContent = text(asked ? 'player.due.done' : 'player.due.none');
      stage.replaceChildren(make('div', 'iml-item', ...lines.map((line) => make('p', '', line)),
        actions));
      words.tabIndex = -1;
      if (asked) words.focus();
    }

    const list = player.session.choose(due().items, SESSION);
    const quiz = /** @type {any} */ ({ root: stage, store });
    const box = make('div', 'iml-quiz iml-practise', make('div', 'iml-quiz-head', words), stage);
    place.replaceChildren(box, how);
    const troubles = player.practice.troublesOf(quiz, stage);
    troubles();
    store.listen(troubles);
    if (!list.length) {
      rest([], false);
      return;
    }
    fetched(course, store, list).then(function (items) {
      if (!items.length) {
        words.textContent = text('player.due.missing');
        return;
      }
      const begun = performance.now();
      player.asking.ask(stage, store, items, {
        told: (said) => { words.textContent = said; },
        over: () => performance.now() - begun > SESSION * 1000,
        done: (right, count) => rest([text('player.due.right', { right, count })], true),
        still: true,
      });
    });
  }

  player.dom.onPage(function (options) {
    const place = document.querySelector('[data-iml-practise]');
    if (!place || !globalThis.imlCourse) return;
    const store = player.store.open(options);
    store.load().then(() => practise(place, globalThis.imlCourse, store));
  });
}(globalThis.imlPlayer));
