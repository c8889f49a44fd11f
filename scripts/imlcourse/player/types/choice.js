// needs: core/dom core/texts
// texts: player.choice.key player.chosen.right player.chosen.wrong player.matching.key
/* What the types share whose answer is chosen among options. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text, listed } = player.texts;

  function inputOf(view, part) {
    return view.parts.get(part).querySelector('input');
  }

  const choice = {
    read(view) {
      const ids = Array.from(view.parts.keys());
      return { ids, right: ids.filter((id) => view.keys.get(id).dataset.imlRight === 'true') };
    },

    chosen(view) {
      return Array.from(view.parts.keys()).filter((part) => inputOf(view, part).checked);
    },

    put(view, chosen) {
      for (const part of view.parts.keys()) inputOf(view, part).checked = chosen.includes(part);
    },

    /**
     * Tells of each chosen option; below them, of the right ones that were not chosen, once they
     * are no secret any more.
     */
    mark(view, chosen, open, missed) {
      const more = [];
      for (const part of view.data.ids) {
        const right = view.data.right.includes(part);
        const name = chosen.length > 1 ? view.keyText(part) : '';
        if (chosen.includes(part)) {
          const word = right ? 'player.chosen.right' : 'player.chosen.wrong';
          view.note(part, right ? 'right' : 'wrong', text(word), view.feedback(part), name);
        } else if (right && open) {
          view.note(part, 'right', text(missed), null, name);
          const answer = text('player.matching.key', { answer: view.keyText(part) });
          more.push(make('p', 'iml-shown-key', make('strong', '', answer), ' ', view.feedback(part)));
        }
      }
      return more;
    },

    answer(view) {
      return listed(view.data.right.map(view.keyText));
    },
  };

  /** Gives a type of which one option is chosen. */
  function oneOf() {
    const { read, chosen, put, mark, answer } = choice;
    return {
      read, answer,
      collect: (view) => chosen(view)[0] || null,
      restore(view, response) {
        if (!view.data.ids.includes(response)) return false;
        put(view, [response]);
        return true;
      },
      score(data, response) {
        if (typeof response !== 'string' || !data.ids.includes(response)) {
          return { points: 0, parts: {} };
        }
        const right = response === data.right[0];
        return { points: right ? 1 : 0, parts: { [response]: right } };
      },
      mark: (view, outcome) =>
        mark(view, [outcome.response], outcome.shown, 'player.choice.key'),
      reset: (view) => put(view, []),
    };
  }

  player.choice = Object.assign(choice, { oneOf });
}(globalThis.imlPlayer));
