// needs: core/dom core/texts types/typed
// texts: player.matching.key player.numeric.none player.numeric.nothing player.right player.wrong
/* Numeric. Scored as imlcourse/items/numeric.py says. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text } = player.texts;
  const { typed } = player;
  const PART = 'value';
  // What rounding may add to a difference, for each unit of the numbers: 2.6 - 2.5 is above 0.1.
  const ROUNDING = 2 ** -50;

  function inputOf(view) {
    return view.question.querySelector('input');
  }

  player.types.numeric = {
    nothing: 'player.numeric.nothing',
    read(view) {
      const key = view.keys.get(PART);
      const mistakes = Array.from(view.answer.querySelectorAll('[data-iml-mistake]'));
      return {
        answer: Number(key.dataset.imlValue),
        tolerance: Number(key.dataset.imlTolerance),
        mistakes: new Map(mistakes.map((line) => [Number(line.dataset.imlMistake), line])),
        other: view.answer.querySelector('[data-iml-other]'),
      };
    },

    collect: (view) => inputOf(view).value.trim() || null,

    /* What is no number is said, and is no try. */
    refuse: (view, response) =>
      (typed.number(response) === null ? text('player.numeric.none') : ''),

    restore(view, response) {
      if (typeof response !== 'string') return false;
      inputOf(view).value = response;
      return true;
    },

    score(data, response) {
      const given = typeof response === 'string' ? typed.number(response) : null;
      const right = given !== null && Math.abs(given - data.answer) <=
        data.tolerance + ROUNDING * Math.max(Math.abs(given), Math.abs(data.answer));
      return { points: right ? 1 : 0, parts: { [PART]: right } };
    },

    mark(view, outcome) {
      const { data } = view;
      if (outcome.result.points === 1) {
        view.note(PART, 'right', text('player.right'), view.feedback(PART));
        return null;
      }
      const told = data.mistakes.get(typed.number(outcome.response)) || data.other;
      view.note(PART, 'wrong', text('player.wrong'), view.feedback(told));
      if (!outcome.shown) return null;
      const word = text('player.matching.key', { answer: view.keyText(PART) });
      return [make('p', 'iml-shown-key', make('strong', '', word), ' ', view.feedback(PART))];
    },

    answer: (view) => view.keyText(PART),

    reset: (view) => { inputOf(view).value = ''; },
  };
}(globalThis.imlPlayer));
