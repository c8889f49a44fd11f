// needs: core/items record/store
// later: modes/review
/* The player: makes the static HTML of quizzes answerable. The HTML is the data; nothing is
   said twice. Nothing outside the root elements given to it is read or changed. */
(function (player) {
  'use strict';

  /* What an item type registers under its name (view: see items.js; data: what its read gives).
       read(view) -> data              the key, and what score needs, from the HTML
       collect(view) -> response|null  what stands answered; null for nothing
       restore(view, response)         puts an answer back; false if it cannot be one
       score(data, response) -> {points, parts}   by the rule in the Python module of that name
       mark(view, outcome)             shows what is right; outcome: {response, result, shown}
       reset(view, outcome)            makes ready for another try
       summary(view, outcome) -> text  optional: what to say beside "Partly right"
       answer(view) -> text            the key in words
       nothing                         the text that says that nothing was answered yet
       setUp(view)                     optional: adds what only a script can work
       refuse(view, response) -> text  optional: why this is no answer at all; '' if it is one
       setRole(view, role)             optional: shows what is meant for the learner's role
       again, show                     optional: its own texts for the buttons of these names
       finishes                        optional: it is checked when it calls view.finish() */
  /* What a mode registers: a function that is given the quiz and works its views. */
  const quizzes = new WeakMap();

  /**
   * Makes one quiz answerable. Called again on the same element, it gives the same quiz.
   * @param {HTMLElement} root the quiz, or any element with items in it
   * @param {QuizOptions} [options]  store, or what store.open takes (see store.js);
   *                           mode, in place of the one that the HTML names
   * @returns {Quiz}
   */
  function enhance(root, options) {
    if (quizzes.has(root)) return quizzes.get(root);
    const given = options || {};
    /** @type {Quiz} */
    const quiz = {
      root: root,
      store: given.store || player.store.open(given),
      views: [],
      /** The items as they were written, before any of them was made answerable. */
      written: new Map(),
      refresh: function () {},
      onEnd: (action) => endings.push(action),
      end,
    };
    const endings = [];

    /** Takes away all that the quiz has put outside its element: its element may go. */
    function end() {
      quizzes.delete(root);
      for (const action of endings.splice(0)) action();
    }

    quizzes.set(root, quiz);
    const name = given.mode || root.dataset.imlMode || 'practice';
    const mode = player.modes[name] || player.modes.practice;
    for (const element of root.querySelectorAll('[data-iml-item]')) {
      quiz.written.set(element.dataset.imlItem, element.cloneNode(true));
      if (mode.draws) continue; // it makes views of what it draws, when it does
      try {
        quiz.views.push(player.items.view(element));
      } catch (error) {
        // A host may have stripped what the player needs. The item can still be read and unfolded.
        console.warn('imlPlayer: left as it is:', element.id, error);
      }
    }
    mode(quiz);
    return quiz;
  }

  /**
   * Makes every quiz in a document or element answerable, all with one store.
   * @returns {{quizzes: Quiz[], end: () => void}} end takes away what stands outside the scope
   */
  function start(scope, options) {
    const given = Object.assign({}, options);
    given.store = given.store || player.store.open(given);
    const started = Array.from(scope.querySelectorAll('[data-iml-quiz]'),
      (root) => enhance(root, given));
    const offers = Array.from(scope.querySelectorAll('[data-iml-review]'),
      (place) => player.review(place, started, given.store));
    return {
      quizzes: started,
      end: function () {
        for (const quiz of started) quiz.end();
        for (const action of offers) action();
      },
    };
  }

  Object.assign(player, { enhance, start });
}(globalThis.imlPlayer));
