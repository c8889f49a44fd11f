// needs: core/texts types/choice
// texts: player.choice.key player.truefalse.half player.truefalse.nothing player.truefalse.reason
/* True or false, with or without a reason. Scored as imlcourse/items/truefalse.py says. */
(function (player) {
  'use strict';
  const { text } = player.texts;
  const { read, chosen, put, mark, answer } = player.choice;
  const JUDGEMENTS = ['true', 'false'];
  const plain = player.choice.oneOf();
  const isReason = (part) => !JUDGEMENTS.includes(part);

  /** Says whether a response is a judgement, with a reason or none. */
  function makesSense(data, response) {
    return Array.isArray(response) && JUDGEMENTS.includes(response[0]) && response.length < 3 &&
      response.slice(1).every((part) => isReason(part) && data.ids.includes(part));
  }

  player.types.truefalse = {
    nothing: 'player.truefalse.nothing',
    answer,

    read(view) {
      /** @type {any} */
      const data = read(view);
      data.reasoned = data.ids.some(isReason);
      return data;
    },

    collect(view) {
      const parts = chosen(view);
      if (!JUDGEMENTS.includes(parts[0])) return null;
      return view.data.reasoned ? parts : parts[0];
    },

    refuse: (view, response) =>
      (view.data.reasoned && response.length < 2 ? text('player.truefalse.reason') : ''),

    restore(view, response) {
      if (!view.data.reasoned) return plain.restore(view, response);
      if (!makesSense(view.data, response)) return false;
      put(view, response);
      return true;
    },

    score(data, response) {
      if (!data.reasoned) return plain.score(data, response);
      if (!makesSense(data, response)) return { points: 0, parts: {} };
      const parts = Object.fromEntries(response.map((part) => [part, data.right.includes(part)]));
      const right = response.filter((part) => parts[part]).length;
      return { points: parts[response[0]] ? right / 2 : 0, parts };
    },

    mark: (view, outcome) =>
      mark(view, [].concat(outcome.response), outcome.shown, 'player.choice.key'),

    summary: (view, outcome) =>
      (outcome.result.points === 0.5 ? text('player.truefalse.half') : ''),

    reset: (view) => put(view, []),
  };
}(globalThis.imlPlayer));
