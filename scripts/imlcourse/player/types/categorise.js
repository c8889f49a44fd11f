// needs: core/dom core/scoring core/texts core/values
// texts: player.categorise.back player.categorise.moved
//   player.categorise.nothing player.categorise.summary player.categorise.unsorted
//   player.matching.key player.matching.pair player.right player.wrong
/* Categorise. Scored as imlcourse/items/categorise.py says. Each card has a list of the groups;
   a pointer may drag it by the grip, which offers nothing that the list does not. */
(function (player) {
  'use strict';
  const { make, icon, letDrag } = player.dom;
  const { text, unstopped, listed, countRight } = player.texts;
  const { isObject } = player.values;
  const { nothing, ofPlaces } = player.scoring;

  function selectOf(view, card) {
    return view.parts.get(card).querySelector('select');
  }

  function nameOf(view, card) {
    return unstopped(view.parts.get(card).querySelector('.iml-card-text').textContent);
  }

  function isResponse(data, response) {
    return isObject(response) && Object.entries(response).every(([card, group]) =>
      data.key.has(card) && data.groups.includes(group));
  }

  function groupName(view, group) {
    return unstopped(view.boxes.get(group).parentNode.querySelector('.iml-group-text').textContent);
  }

  /** Lays a card where its list says, among the others there as they stood at first. */
  function lay(view, card) {
    const home = view.boxes.get(selectOf(view, card).value) || view.unsorted;
    const place = (id) => view.start.indexOf(id);
    const after = Array.from(home.children)
      .find((other) => place(other.dataset.part) > place(card)) || null;
    home.insertBefore(view.parts.get(card), after);
  }

  function moved(view, card) {
    const select = selectOf(view, card);
    const focused = select.getRootNode().activeElement === select;
    lay(view, card);
    if (focused) select.focus(); // an element that is moved loses it
    view.say(select.value
      ? text('player.categorise.moved', {
        card: nameOf(view, card), group: groupName(view, select.value),
      }) : text('player.categorise.back', { card: nameOf(view, card) }));
  }

  /** Takes up a card that is dragged: the group that it is let go over is its group. */
  function take(view, card, event) {
    if (view.element.classList.contains('iml-checked')) return null;
    const element = view.parts.get(card);
    let over = null;
    element.classList.add('iml-dragged');
    return {
      follow(now) {
        const [x, y] = [now.clientX - event.clientX, now.clientY - event.clientY];
        element.style.transform = 'translate(' + x + 'px, ' + y + 'px)';
        const found = view.question.getRootNode().elementFromPoint(now.clientX, now.clientY);
        const place = found && found.closest('[data-iml-group], .iml-unsorted');
        const next = place && view.question.contains(place) ? place : null;
        if (over === next) return;
        if (over) over.classList.remove('iml-over');
        if (next) next.classList.add('iml-over');
        over = next;
      },
      drop(cancelled) {
        element.classList.remove('iml-dragged');
        element.style.transform = '';
        if (over) over.classList.remove('iml-over');
        if (cancelled || !over) return;
        const group = over.dataset.imlGroup || '';
        if (selectOf(view, card).value === group) return;
        selectOf(view, card).value = group;
        moved(view, card);
        view.changed();
      },
    };
  }

  player.types.categorise = {
    nothing: 'player.categorise.nothing',
    read(view) {
      const key = new Map(Array.from(view.keys, ([card, line]) => [card, line.dataset.imlAnswer]));
      const places = view.question.querySelectorAll('[data-iml-group]');
      return { key, groups: Array.from(places, (place) => place.dataset.imlGroup) };
    },

    setUp(view) {
      view.unsorted = view.question.querySelector('.iml-unsorted');
      view.start = Array.from(view.unsorted.children, (card) => card.dataset.part);
      // Paper has the cards as they stood at first (see player.css).
      const paper = make('ul', 'iml-cards iml-on-paper', ...view.start.map((card) =>
        make('li', 'iml-card', make('span', 'iml-card-text', nameOf(view, card)))));
      paper.setAttribute('aria-hidden', 'true');
      view.unsorted.after(paper);
      view.boxes = new Map();
      for (const place of view.question.querySelectorAll('[data-iml-group]')) {
        const head = place.querySelector('.iml-group-text');
        const box = make('ul', 'iml-box');
        head.id = view.element.id + '-' + place.dataset.imlGroup;
        box.setAttribute('aria-labelledby', head.id);
        place.append(box);
        view.boxes.set(place.dataset.imlGroup, box);
      }
      view.question.querySelector('.iml-groups').classList.add('iml-live-groups');
      for (const card of view.start) {
        const grip = make('span', 'iml-grip', icon('grip'));
        letDrag(grip, view.question, (event) => take(view, card, event));
        view.parts.get(card).prepend(grip);
        selectOf(view, card).addEventListener('change', () => moved(view, card));
      }
    },

    collect(view) {
      const response = {};
      for (const card of view.start) {
        const group = selectOf(view, card).value;
        if (group) response[card] = group;
      }
      return Object.keys(response).length ? response : null;
    },

    restore(view, response) {
      if (!isResponse(view.data, response)) return false;
      for (const card of view.start) {
        selectOf(view, card).value = response[card] || '';
        lay(view, card);
      }
      return true;
    },

    score(data, response) {
      if (!isResponse(data, response)) return nothing(Array.from(data.key.keys()));
      return ofPlaces(data.key, response);
    },

    mark(view, outcome) {
      for (const card of view.start) {
        const name = nameOf(view, card);
        if (outcome.result.parts[card]) {
          view.note(card, 'right', text('player.right'), view.feedback(card), name);
          continue;
        }
        const chosen = outcome.response[card];
        const body = make('span', '', (chosen && view.miss(card, chosen)) || '');
        if (outcome.shown) {
          const key = text('player.matching.key', {
            answer: groupName(view, view.data.key.get(card)),
          });
          body.append(make('span', 'iml-shown-key', make('strong', '', key), ' ',
            view.feedback(card)));
        }
        view.note(card, 'wrong', text(chosen ? 'player.wrong' : 'player.categorise.unsorted'),
          body.textContent ? body : null, name);
      }
    },

    summary: (view, outcome) => countRight('player.categorise.summary', outcome),

    answer: (view) => listed(view.start.map((card) => text('player.matching.pair', {
      left: nameOf(view, card), right: groupName(view, view.data.key.get(card)),
    }))),

    /* What is right stays where it is, unless all is to be done anew. */
    reset(view, outcome) {
      const anew = outcome.shown || outcome.result.points === 1;
      for (const card of view.start) {
        if (anew || !outcome.result.parts[card]) selectOf(view, card).value = '';
      }
      for (const card of view.start) lay(view, card);
    },
  };
}(globalThis.imlPlayer));
