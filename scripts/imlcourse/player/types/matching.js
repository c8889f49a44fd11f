// needs: core/dom core/scoring core/texts core/values
// texts: player.matching.key player.matching.none player.matching.nothing player.matching.pair
//   player.matching.summary player.right player.wrong
/* Matching. Scored as imlcourse/items/matching.py says. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text, unstopped, listed, countRight } = player.texts;
  const { isObject } = player.values;
  const { nothing, ofPlaces } = player.scoring;

  function selectOf(view, prompt) {
    return view.parts.get(prompt).querySelector('select');
  }

  function isAnswer(data, response) {
    return isObject(response) && Object.entries(response).every(([prompt, answer]) =>
      data.key.has(prompt) && data.answers.includes(answer));
  }

  /** Gives the answer's text with its letter, as the list shows it. */
  function lettered(view, answer) {
    const options = Array.from(view.question.querySelector('select').options);
    return options.find((option) => option.value === answer).textContent;
  }

  player.types.matching = {
    nothing: 'player.matching.nothing',
    read(view) {
      // Only the prompts are parts to mark; the lettered answers are what they are marked with.
      const answers = [];
      for (const line of view.question.querySelectorAll('.iml-lettered [data-part]')) {
        answers.push(line.dataset.part);
        view.parts.delete(line.dataset.part);
      }
      const key = new Map();
      const extras = new Map();
      for (const line of view.answer.querySelectorAll('[data-iml-answer], [data-iml-extra]')) {
        const { part, imlAnswer, imlExtra } = line.dataset;
        if (imlAnswer) key.set(part, imlAnswer);
        else extras.set(imlExtra, line);
      }
      return { key, answers, extras };
    },

    collect(view) {
      const response = {};
      for (const prompt of view.data.key.keys()) {
        const value = selectOf(view, prompt).value;
        if (value) response[prompt] = value;
      }
      return Object.keys(response).length ? response : null;
    },

    restore(view, response) {
      if (!isAnswer(view.data, response)) return false;
      for (const prompt of view.data.key.keys()) {
        selectOf(view, prompt).value = response[prompt] || '';
      }
      return true;
    },

    score(data, response) {
      if (!isAnswer(data, response)) return nothing(Array.from(data.key.keys()));
      return ofPlaces(data.key, response);
    },

    mark(view, outcome) {
      for (const [prompt, key] of view.data.key) {
        const name = view.parts.get(prompt).querySelector('.iml-prompt-text').textContent;
        const chosen = outcome.response[prompt];
        if (outcome.result.parts[prompt]) {
          view.note(prompt, 'right', text('player.right'), view.feedback(prompt), name);
          continue;
        }
        const body = make('span');
        if (chosen) {
          // An answer that fits no line says so; what this line is about, the line says.
          const extra = view.data.extras.get(chosen);
          if (extra) body.append(view.feedback(extra), ' ');
          body.append(view.miss(prompt, chosen) || '');
        }
        if (outcome.shown) {
          const word = text('player.matching.key', { answer: lettered(view, key) });
          body.append(make('span', 'iml-shown-key', make('strong', '', word), ' ',
            view.feedback(prompt)));
        }
        view.note(prompt, 'wrong', text(chosen ? 'player.wrong' : 'player.matching.none'),
          body.textContent ? body : null, name);
      }
    },

    summary: (view, outcome) => countRight('player.matching.summary', outcome),

    answer(view) {
      return listed(Array.from(view.data.key, ([prompt, key]) => text('player.matching.pair', {
        left: unstopped(view.parts.get(prompt).querySelector('.iml-prompt-text').textContent),
        right: unstopped(lettered(view, key)),
      })));
    },

    /* What is right stays chosen, unless all is to be done anew. */
    reset(view, outcome) {
      const anew = outcome.shown || outcome.result.points === 1;
      for (const prompt of view.data.key.keys()) {
        if (anew || !outcome.result.parts[prompt]) selectOf(view, prompt).value = '';
      }
    },
  };
}(globalThis.imlPlayer));
