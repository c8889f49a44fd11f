// needs: core/dom core/scoring core/texts core/values
// texts: player.ordering.answer player.ordering.down player.ordering.first
//   player.ordering.follows player.ordering.hint player.ordering.moved player.ordering.not-first
//   player.ordering.nothing player.ordering.stays player.ordering.summary player.ordering.up
//   player.ordering.wrong
/* Ordering. Scored as imlcourse/items/ordering.py says. Cards are moved with two buttons each;
   a pointer may drag them by the grip, which offers nothing that the buttons do not. */
(function (player) {
  'use strict';
  const { make, button, icon, letDrag } = player.dom;
  const { text, unstopped, listed, countRight } = player.texts;
  const { isChoice } = player.values;
  const { nothing, ofParts } = player.scoring;

  function listOf(view) {
    return view.question.querySelector('.iml-cards');
  }

  function given(view) {
    return Array.from(listOf(view).children, (card) => card.dataset.part);
  }

  function nameOf(card) {
    return unstopped(card.querySelector('.iml-card-text').textContent);
  }

  function arrange(view, ids) {
    listOf(view).append(...ids.map((id) => view.parts.get(id)));
    ends(view);
  }

  /** Marks the buttons that lead nowhere. They stay in reach, so that focus is not lost. */
  function ends(view) {
    const cards = Array.from(listOf(view).children);
    cards.forEach(function (card, place) {
      const [up, down] = card.querySelectorAll('button');
      up.setAttribute('aria-disabled', String(place === 0));
      down.setAttribute('aria-disabled', String(place === cards.length - 1));
    });
  }

  function tell(view, card, moved) {
    const ids = given(view);
    view.say(text(moved ? 'player.ordering.moved' : 'player.ordering.stays', {
      step: nameOf(card), place: ids.indexOf(card.dataset.part) + 1, count: ids.length,
    }));
  }

  function move(view, card, up) {
    const other = up ? card.previousElementSibling : card.nextElementSibling;
    // The neighbour is what moves in the document, so that the button keeps the focus.
    if (other && up) card.after(other);
    else if (other) card.before(other);
    view.moved = view.moved || Boolean(other);
    ends(view);
    tell(view, card, Boolean(other));
    if (other) view.changed();
  }

  /** Takes up a card that is dragged: it goes where the pointer is among the others. */
  function take(view, card) {
    if (view.element.classList.contains('iml-checked')) return null;
    const list = listOf(view);
    const before = given(view);
    card.classList.add('iml-dragged');
    return {
      follow(now) {
        for (const other of list.children) {
          if (other === card) continue;
          const box = other.getBoundingClientRect();
          const after = card.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
          const middle = box.top + box.height / 2;
          if (after && now.clientY > middle) other.after(card);
          else if (!after && now.clientY < middle) {
            other.before(card);
            break;
          }
        }
      },
      drop(cancelled) {
        card.classList.remove('iml-dragged');
        if (cancelled) arrange(view, before);
        const moved = given(view).join() !== before.join();
        view.moved = view.moved || moved;
        ends(view);
        if (!moved) return;
        tell(view, card, true);
        view.changed();
      },
    };
  }

  player.types.ordering = {
    nothing: 'player.ordering.nothing',
    read(view) {
      return { steps: Array.from(view.keys.keys()), start: given(view) };
    },

    setUp(view) {
      view.data.start.forEach(function (id, place) {
        const card = view.parts.get(id);
        const moves = make('span', 'iml-moves');
        const ways = [['up', 'player.ordering.up'], ['down', 'player.ordering.down']];
        for (const [way, key] of ways) {
          const one = button('iml-move', icon(way), () => move(view, card, way === 'up'));
          one.setAttribute('aria-label', text(key, { step: nameOf(card) }));
          moves.append(one);
        }
        const grip = make('span', 'iml-grip', icon('grip'));
        letDrag(grip, listOf(view), () => take(view, card));
        card.prepend(grip);
        card.append(moves);
        // On paper the cards stand as at first (see player.css).
        card.style.setProperty('--iml-start', place);
      });
      ends(view);
    },

    collect: (view) => (view.moved ? given(view) : null),

    restore(view, response) {
      const { steps } = view.data;
      if (!isChoice(response, steps) || response.length !== steps.length) return false;
      arrange(view, response);
      view.moved = true;
      return true;
    },

    score(data, response) {
      const { steps } = data;
      if (!isChoice(response, steps) || response.length !== steps.length) return nothing(steps);
      /** @type {Parts} */
      const parts = {};
      for (const part of steps) {
        // Before the first step stands none: undefined in both.
        parts[part] = response[response.indexOf(part) - 1] === steps[steps.indexOf(part) - 1];
      }
      return ofParts(parts);
    },

    mark(view, outcome) {
      const { parts } = outcome.result;
      const lost = view.data.steps.find((part) => !parts[part]);
      outcome.response.forEach(function (part, place) {
        const name = nameOf(view.parts.get(part));
        if (parts[part]) {
          const word = place ? 'player.ordering.follows' : 'player.ordering.first';
          view.note(part, 'right', text(word), view.feedback(part), name);
          return;
        }
        const word = place ? 'player.ordering.wrong' : 'player.ordering.not-first';
        // From the second try on, one hint at a time: the first step that is not where it belongs.
        const hint = part === lost && outcome.again && !outcome.shown && make('span', '', text(
          'player.ordering.hint', { feedback: view.feedback(part).textContent }));
        view.note(part, 'wrong', text(word), hint || null, name);
      });
      if (!outcome.shown) return null;
      return [make('p', 'iml-list-name', text('player.ordering.answer')),
        view.answer.querySelector('.iml-keys').cloneNode(true)];
    },

    summary: (view, outcome) => countRight('player.ordering.summary', outcome),

    answer: (view) => listed(view.data.steps.map(view.keyText)),

    /* The order stays, to be mended, unless all is to be done anew. */
    reset(view, outcome) {
      if (!outcome.shown && outcome.result.points !== 1) return;
      arrange(view, view.data.start);
      view.moved = false;
    },
  };
}(globalThis.imlPlayer));
