// needs: core/dom core/texts modes/explain
// texts: player.announce player.scenario.again player.scenario.best player.scenario.better
//   player.scenario.debrief player.scenario.show
//   player.scenario.decide player.scenario.end player.scenario.fair player.scenario.nothing
//   player.scenario.on player.scenario.poor player.scenario.step player.scenario.summary
//   player.scenario.taken
/* Scenario. Scored as imlcourse/items/scenario.py says. One step is shown at a time; what was
   decided stays to be read. The case tells as it goes, so it needs no button to check. */
(function (player) {
  'use strict';
  const { make, button, icon } = player.dom;
  const { text, listed, countRight } = player.texts;
  const WORTH = player.shared.scenario;
  const RATINGS = {
    best: 'player.scenario.best', fair: 'player.scenario.fair', poor: 'player.scenario.poor',
  };
  const KINDS = { best: 'right', fair: 'partly', poor: 'wrong' };

  function sceneOf(view, step) {
    return view.scenes.get(step);
  }

  /**
   * Follows a list of choices; null if it cannot be a way through the case.
   * @returns {any}
   */
  function follow(data, response) {
    if (!Array.isArray(response) || !response.length) return null;
    const steps = [];
    let here = data.first;
    for (const chosen of response) {
      const step = data.steps.get(here);
      if (!step || typeof chosen !== 'string' || !step.has(chosen)) return null;
      steps.push(here);
      here = step.get(chosen).next;
    }
    return { steps, here, ended: !data.steps.has(here) };
  }

  /** Gives the way of the best choices. */
  function best(data) {
    const way = [];
    for (let here = data.first; data.steps.has(here) && way.length < data.steps.size;) {
      const choices = Array.from(data.steps.get(here).entries());
      const [id, choice] = choices.find(([, one]) => one.rating === 'best');
      way.push(id);
      here = choice.next;
    }
    return way;
  }

  /** Counts, for each step, the fewest decisions that lead from it to an end. */
  function toEnd(steps) {
    const fewest = new Map();
    for (let round = 0; round < steps.size; round += 1) {
      for (const [id, choices] of steps) {
        const ways = Array.from(choices.values(), (one) =>
          (steps.has(one.next) ? fewest.get(one.next) : 0)).filter((one) => one !== undefined);
        if (ways.length) fewest.set(id, 1 + Math.min(...ways));
      }
    }
    return fewest;
  }

  function word(view, chosen) {
    return text(RATINGS[view.keys.get(chosen).dataset.imlRating]);
  }

  function noteOn(view, chosen) {
    const kind = KINDS[view.keys.get(chosen).dataset.imlRating];
    view.note(chosen, kind, word(view, chosen), view.feedback(chosen), view.keyText(chosen));
  }

  /** Shows what followed from a decision, and what the document says to it. */
  function tell(view, step, chosen) {
    const scene = sceneOf(view, step);
    for (const input of scene.querySelectorAll('input')) {
      input.checked = input.value === chosen;
      input.disabled = true;
    }
    const key = view.answer.querySelector('.iml-scene-key[data-iml-step="' + step + '"]');
    const own = view.keys.get(chosen).querySelectorAll('.iml-evidence');
    const proofs = own.length ? own : key.querySelectorAll(':scope > .iml-evidence');
    const words = Array.from(proofs, (one) => one.cloneNode(true));
    const best = view.keys.get(chosen).dataset.imlRating === 'best';
    const said = make('div', 'iml-scene-said', ...(best ? words : [player.explain.folded(words)]));
    scene.querySelector('.iml-scene-choices').after(said);
    scene.querySelector('.iml-decide').hidden = true;
  }

  /** Shows a step as the next one; here steps count as they are met. */
  function open(view, step, number) {
    sceneOf(view, step).querySelector('.iml-met').textContent =
      text('player.scenario.step', { number });
    sceneOf(view, step).hidden = false;
    view.question.querySelector('.iml-scenes').append(sceneOf(view, step));
  }

  /** Begins the case anew: the first step alone, nothing chosen. */
  function begin(view) {
    view.path = [];
    view.unmark();
    for (const said of view.question.querySelectorAll('.iml-scene-said')) said.remove();
    for (const [id, scene] of view.scenes) {
      scene.hidden = id !== view.data.first;
      scene.querySelector('.iml-decide').hidden = false;
      scene.querySelector('.iml-onward-button').hidden = true;
      for (const input of scene.querySelectorAll('input')) input.checked = input.disabled = false;
    }
    sceneOf(view, view.data.first).parentNode.prepend(sceneOf(view, view.data.first));
  }

  /** Offers to go on from a step: to the next one, or to the look back. */
  function offer(view, step, next) {
    const onward = sceneOf(view, step).querySelector('.iml-onward-button');
    onward.textContent = text(view.data.steps.has(next) ? 'player.scenario.on'
      : 'player.scenario.end');
    onward.hidden = false;
    return onward;
  }

  /**
   * Puts the decisions of a case back, as they were made. When all were made and the learner left,
   * the look back is still to come.
   */
  function replay(view, response) {
    const way = follow(view.data, response);
    if (!way) return false;
    begin(view);
    way.steps.forEach(function (step, at) {
      open(view, step, at + 1);
      tell(view, step, response[at]);
      noteOn(view, response[at]);
    });
    view.path = response.slice();
    if (way.ended) offer(view, way.steps[way.steps.length - 1], way.here);
    else open(view, way.here, response.length + 1);
    return true;
  }

  function decide(view, step) {
    const scene = sceneOf(view, step);
    const chosen = scene.querySelector('input:checked');
    if (!chosen) {
      view.say(text('player.scenario.nothing'), true);
      return;
    }
    const id = chosen.value;
    const { next } = view.data.steps.get(step).get(id);
    view.path.push(id);
    tell(view, step, id);
    noteOn(view, id);
    view.changed();
    view.say(text('player.announce', {
      result: word(view, id), rest: view.feedback(id).textContent,
    }));
    offer(view, step, next).focus({ preventScroll: true });
    scene.querySelector('.iml-scene-said').scrollIntoView({ block: 'nearest' });
  }

  function goOn(view, step) {
    const id = view.path[view.path.length - 1];
    const { next } = view.data.steps.get(step).get(id);
    sceneOf(view, step).querySelector('.iml-onward-button').hidden = true;
    if (!view.data.steps.has(next)) {
      view.finish();
      return;
    }
    open(view, next, view.path.length + 1);
    const scene = sceneOf(view, next);
    const head = scene.querySelector('.iml-scene-number');
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    scene.scrollIntoView({ block: 'nearest' });
  }

  /** Draws a way through the case as a list. */
  function wayList(view, way, rated) {
    const { steps } = follow(view.data, way);
    return make('ol', 'iml-way', ...way.map(function (id, at) {
      const scene = sceneOf(view, steps[at]);
      const did = view.keyText(id);
      const line = make('li', '', make('span', 'iml-way-question',
        scene.querySelector('.iml-scene-question').textContent), ' ',
      did + (/[.!?…]\P{L}*$/u.test(did) ? ' ' : '. ')); // words quoted bring their own stop
      if (rated) {
        const rating = view.keys.get(id).dataset.imlRating;
        line.append(make('span', 'iml-way-rating iml-' + KINDS[rating],
          icon(KINDS[rating]), ' ', word(view, id)));
      }
      return line;
    }));
  }

  player.types.scenario = {
    nothing: 'player.scenario.nothing',
    again: 'player.scenario.again',
    show: 'player.scenario.show',
    /* It says by itself when it is answered: it calls view.finish(). */
    finishes: true,

    read(view) {
      view.scenes = new Map(Array.from(view.question.querySelectorAll('.iml-scene'),
        (scene) => [scene.dataset.imlStep, scene]));
      const steps = new Map(Array.from(view.answer.querySelectorAll('.iml-scene-key'), (key) => [
        key.dataset.imlStep,
        new Map(Array.from(key.querySelectorAll('[data-part]'), ({ dataset }) => [
          dataset.part, { rating: dataset.imlRating, next: dataset.imlNext },
        ])),
      ]));
      return { steps, first: Array.from(steps.keys())[0], toEnd: toEnd(steps) };
    },

    setUp(view) {
      let place = 0;
      for (const [id, scene] of view.scenes) {
        scene.style.setProperty('--iml-start', place); // on paper they stand as written,
        const head = scene.querySelector('.iml-scene-number'); // with the numbers that they have
        head.replaceChildren(make('span', 'iml-met', head.textContent),
          make('span', 'iml-written', head.textContent));
        place += 1;
        const go = button('iml-button iml-decide', text('player.scenario.decide'),
          () => decide(view, id));
        const onward = button('iml-button iml-onward-button', text('player.scenario.on'),
          () => goOn(view, id));
        onward.hidden = true;
        scene.append(make('div', 'iml-actions', go, onward));
        scene.classList.add('iml-played'); // where a choice leads, it shows by going there
      }
      begin(view);
    },

    /* Shows the words that are meant for a role, where a step has some. */
    setRole(view, role) {
      for (const scene of view.scenes.values()) {
        const texts = Array.from(scene.querySelectorAll('.iml-scene-text'));
        const own = texts.find((one) => role && one.dataset.imlRole === role) || texts[0];
        for (const one of texts) one.hidden = one !== own;
      }
    },

    collect: (view) => (view.path.length ? view.path.slice() : null),

    restore: replay,

    score(data, response) {
      const way = follow(data, response);
      if (!way) return { points: 0, parts: {} };
      const parts = {};
      let worth = 0;
      way.steps.forEach(function (step, at) {
        const { rating } = data.steps.get(step).get(response[at]);
        worth += WORTH[rating];
        parts[response[at]] = rating === 'best';
      });
      const ahead = way.ended ? 0 : data.toEnd.get(way.here);
      return { points: worth / (2 * (response.length + ahead)), parts };
    },

    mark(view, outcome) {
      for (const one of view.question.querySelectorAll('.iml-onward-button')) one.hidden = true;
      /** @type {Node[]} */
      const more = [make('p', 'iml-debrief', make('strong', '', text('player.scenario.debrief')),
        ' ', view.feedback(view.answer.querySelector('.iml-debrief')))];
      more.push(make('p', 'iml-list-name', text('player.scenario.taken')),
        wayList(view, outcome.response, true));
      if (outcome.result.points < 1 && outcome.shown) {
        more.push(make('p', 'iml-list-name', text('player.scenario.better')),
          wayList(view, best(view.data), false));
      }
      return more;
    },

    summary: (view, outcome) => countRight('player.scenario.summary', outcome),

    answer: (view) => listed(best(view.data).map(view.keyText)),

    reset: begin,
  };
}(globalThis.imlPlayer));
