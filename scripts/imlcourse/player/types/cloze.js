// needs: core/dom core/scoring core/texts core/values types/typed
// texts: player.cloze.empty player.cloze.nothing player.cloze.summary player.cloze.twice
//   player.matching.key player.right player.wrong
/* Cloze. Scored as imlcourse/items/cloze.py says. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text, listed, countRight } = player.texts;
  const { isObject } = player.values;
  const { nothing, ofParts } = player.scoring;
  const { typed } = player;

  function controlOf(view, gap) {
    return view.parts.get(gap).querySelector('input, select');
  }

  function readGap(line) {
    if (line.dataset.imlAnswers === undefined) {
      const choices = Array.from(line.querySelectorAll('[data-iml-choice]'));
      return {
        line,
        choices: new Map(choices.map((one) => [one.dataset.imlChoice, one])),
        right: choices.find((one) => one.dataset.imlRight).dataset.imlChoice,
      };
    }
    const mistakes = Array.from(line.querySelectorAll('[data-iml-mistake]'));
    return {
      line,
      answers: JSON.parse(line.dataset.imlAnswers),
      tolerance: Number(line.dataset.imlTolerance),
      others: (line.dataset.imlOthers || '').split(' ').filter(Boolean),
      once: line.dataset.imlOnce, // names the gaps in which a word counts once only
      mistakes: mistakes.map((one) => one.dataset.imlMistake),
      told: mistakes,
    };
  }

  function isResponse(data, response) {
    return isObject(response) && Object.entries(response).every(function ([id, given]) {
      const gap = data.gaps.get(id);
      return gap && typeof given === 'string' && (!gap.choices || !given || gap.choices.has(given));
    });
  }

  function keyOf(gap) {
    return gap.choices ? gap.choices.get(gap.right) : gap.line;
  }

  function keyText(gap) {
    return keyOf(gap).querySelector('.iml-key-text').textContent;
  }

  /** Notes what is wrong in each typed gap: its known mistakes, and what belongs in others. */
  function noteWrong(gaps) {
    const typedGaps = Array.from(gaps.values()).filter((gap) => gap.answers);
    for (const gap of typedGaps) {
      const own = gap.answers.map(typed.plain);
      const others = typedGaps.filter((one) => one !== gap).flatMap((one) => one.answers)
        .filter((answer) => !own.includes(typed.plain(answer)));
      gap.wrong = gap.mistakes.concat(others);
    }
  }

  /** Gives the answer that is meant by what was typed into a gap; null if it is wrong. */
  function meantBy(gap, given) {
    const at = typed.accepted(given, gap.answers, gap.tolerance, gap.wrong, gap.others);
    return at < 0 ? null : typed.plain(gap.answers[at]);
  }

  /** Gives what to say of a wrong answer: of a known mistake, its own feedback. */
  function feedbackOn(view, gap, given) {
    if (!given) return null;
    if (gap.choices) return view.feedback(gap.choices.get(given));
    if (meantBy(gap, given)) return make('span', '', text('player.cloze.twice'));
    const at = typed.mistaken(given, gap.mistakes);
    return at < 0 ? null : view.miss(gap.told[at]);
  }

  player.types.cloze = {
    nothing: 'player.cloze.nothing',
    read(view) {
      const gaps = new Map(Array.from(view.keys, ([id, line]) => [id, readGap(line)]));
      noteWrong(gaps);
      return { gaps };
    },

    setUp(view) {
      // Notes stand below the text, so that they do not tear it apart.
      const homes = make('div', 'iml-gap-notes');
      view.question.querySelector('.iml-cloze-text').after(homes);
      const places = new Map();
      for (const gap of view.data.gaps.keys()) {
        places.set(gap, make('div'));
        homes.append(places.get(gap));
      }
      view.home = (gap) => places.get(gap);
    },

    collect(view) {
      const response = {};
      for (const gap of view.data.gaps.keys()) {
        const given = controlOf(view, gap).value.trim();
        if (given) response[gap] = given;
      }
      return Object.keys(response).length ? response : null;
    },

    restore(view, response) {
      if (!isResponse(view.data, response)) return false;
      for (const gap of view.data.gaps.keys()) controlOf(view, gap).value = response[gap] || '';
      return true;
    },

    score(data, response) {
      if (!isResponse(data, response)) return nothing(Array.from(data.gaps.keys()));
      /** @type {Parts} */
      const parts = {};
      const words = new Set(); // those given in gaps in which a word counts once
      for (const [id, gap] of data.gaps) {
        const given = Object.hasOwn(response, id) ? response[id] : '';
        const word = gap.choices ? null : meantBy(gap, given);
        const name = gap.once + ' ' + word;
        parts[id] = gap.choices ? Boolean(given) && given === gap.right
          : word !== null && !(gap.once && words.has(name));
        if (word !== null) words.add(name);
      }
      return ofParts(parts);
    },

    mark(view, outcome) {
      for (const [id, gap] of view.data.gaps) {
        const name = controlOf(view, id).getAttribute('aria-label');
        const given = outcome.response[id];
        const why = () => view.feedback(keyOf(gap));
        if (outcome.result.parts[id]) {
          view.note(id, 'right', text('player.right'), why(), name, true);
          continue;
        }
        const body = make('span', '', feedbackOn(view, gap, given) || '');
        if (outcome.shown) {
          const key = text('player.matching.key', { answer: keyText(gap) });
          body.append(make('span', 'iml-shown-key', make('strong', '', key), ' ', why()));
        }
        view.note(id, 'wrong', text(given ? 'player.wrong' : 'player.cloze.empty'),
          body.textContent ? body : null, name, true);
      }
    },

    summary: (view, outcome) => countRight('player.cloze.summary', outcome),

    answer: (view) => listed(Array.from(view.data.gaps.values(), keyText)),

    /* What is right stays, unless all is to be done anew. */
    reset(view, outcome) {
      const anew = outcome.shown || outcome.result.points === 1;
      for (const gap of view.data.gaps.keys()) {
        if (anew || !outcome.result.parts[gap]) controlOf(view, gap).value = '';
      }
    },
  };
}(globalThis.imlPlayer));
