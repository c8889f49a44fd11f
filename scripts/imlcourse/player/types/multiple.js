// needs: core/scoring core/texts core/values types/choice
// texts: player.multiple.missed player.multiple.nothing player.multiple.summary
/* Multiple response. Scored as imlcourse/items/multiple.py says. */
(function (player) {
  'use strict';
  const { text } = player.texts;
  const { isChoice } = player.values;
  const { nothing } = player.scoring;
  const { read, chosen, put, mark, answer } = player.choice;

  function count(data, ticked) {
    const hits = ticked.filter((part) => data.right.includes(part)).length;
    return { hits, misses: ticked.length - hits, keys: data.right.length };
  }

  player.types.multiple = {
    nothing: 'player.multiple.nothing',
    read, answer,

    collect(view) {
      const ticked = chosen(view);
      return ticked.length ? ticked : null;
    },

    restore(view, response) {
      if (!isChoice(response, view.data.ids) || !response.length) return false;
      put(view, response);
      return true;
    },

    score(data, response) {
      if (!isChoice(response, data.ids) || !response.length) return nothing(data.ids);
      const { hits, misses, keys } = count(data, response);
      const wrong = data.ids.length - keys;
      const gained = Math.max(0, hits * wrong - misses * keys);
      /** @type {Parts} */
      const parts = {};
      for (const part of data.ids) {
        parts[part] = response.includes(part) === data.right.includes(part);
      }
      return { points: keys && wrong ? gained / (keys * wrong) : 0, parts };
    },

    mark: (view, outcome) =>
      mark(view, outcome.response, outcome.shown, 'player.multiple.missed'),

    summary(view, outcome) {
      return text('player.multiple.summary', count(view.data, outcome.response));
    },

    /* What was ticked stays, to be mended, unless the answer was shown. */
    reset(view, outcome) {
      if (outcome.shown || outcome.result.points === 1) put(view, []);
    },
  };
}(globalThis.imlPlayer));
