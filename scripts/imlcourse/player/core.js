/* The player: makes the static HTML of quizzes answerable. The HTML is the data; nothing is
   said twice. Nothing outside the root elements given to it is read or changed. */
(function () {
  'use strict';

  /* What an item type registers under its name (view: see view.js; data: what its read gives).
       read(view) -> data              the key, and what score needs, from the HTML
       collect(view) -> response|null  what stands answered; null for nothing
       restore(view, response)         puts an answer back; false if it cannot be one
       score(data, response) -> {points, parts}   by the rule in the Python module of that name
       mark(view, outcome)             shows what is right; outcome: {response, result, shown}
       reset(view, outcome)            makes ready for another try
       summary(view, outcome) -> text  optional: what to say beside "Partly right"
       answer(view) -> text            the key in words
       setUp(view)                     optional: adds what only a script can work
       refuse(view, response) -> text  optional: why this is no answer at all; '' if it is one
       setRole(view, role)             optional: shows what is meant for the learner's role
       finishes                        optional: it is checked when it calls view.finish() */
  const types = {};
  /* What a mode registers: a function that is given the quiz and works its views. */
  const modes = {};
  const quizzes = new WeakMap();

  const ICONS = {
    right: 'M4 12.5l5 5L20 6.5',
    wrong: 'M6 6l12 12M18 6L6 18',
    partly: 'M4 12h16',
    note: 'M12 2.5a9.5 9.5 0 1 0 .01 0zM12 11.5v5M12 7.4v.2',
    up: 'M12 19V6M6 11l6-6 6 6',
    down: 'M12 5v13M6 13l6 6 6-6',
    grip: 'M9 6v.5M15 6v.5M9 12v.5M15 12v.5M9 18v.5M15 18v.5',
  };

  /** Gives a text of the interface with its {places} filled. */
  function text(key, values) {
    const found = player.strings[key];
    if (found === undefined) return key;
    return found.replace(/\{([a-z_]+)\}/g, function (whole, name) {
      return values && name in values ? String(values[name]) : whole;
    });
  }

  /** Makes an element with a class and children: nodes, or texts (never HTML). */
  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  }

  /** Takes the stop off a text that is to stand inside a sentence. */
  function unstopped(words) {
    return words.trim().replace(/[.;:,]+$/, '');
  }

  function button(className, label, action) {
    const element = make('button', className, label);
    element.type = 'button';
    element.addEventListener('click', action);
    return element;
  }

  function icon(name) {
    const space = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(space, 'svg');
    const path = document.createElementNS(space, 'path');
    svg.setAttribute('class', 'iml-icon');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', ICONS[name]);
    svg.append(path);
    return svg;
  }

  /** Writes a day in words. */
  function day(at) {
    const date = new Date(at);
    if (Number.isNaN(date.getTime())) return String(at);
    return date.toLocaleDateString(text('player.locale'), { dateStyle: 'long' });
  }

  /** Makes something wait for the next moment of rest; called often, it is done once. */
  function later(action) {
    let waiting = false;
    return function () {
      if (waiting) return;
      waiting = true;
      setTimeout(function () {
        waiting = false;
        action();
      }, 30);
    };
  }

  /** Says when something is due: in minutes or hours today, else the day. */
  function when(due) {
    const minutes = Math.max(1, Math.ceil((new Date(due).getTime() - Date.now()) / 60000));
    if (minutes < 60) return text('player.review.minutes', { minutes });
    return day(due);
  }

  /** Says whether a value is an object such as JSON has, and no list. */
  function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }

  /** Says whether a value is a list of the known ids, none of them twice. */
  function isChoice(value, ids) {
    return Array.isArray(value) && new Set(value).size === value.length &&
      value.every((id) => typeof id === 'string' && ids.includes(id));
  }

  /** Counts slips: a letter too many, one too few, a wrong one, or two that changed places. */
  function distance(one, other) {
    const [a, b] = [Array.from(one), Array.from(other)];
    let before = [];
    let last = b.map((_, j) => j).concat(b.length);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        const differs = a[i - 1] === b[j - 1] ? 0 : 1;
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + differs);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        row.push(cost);
      }
      [before, last] = [last, row];
    }
    return last[b.length];
  }

  /** Scores no answer, or one that makes no sense. */
  function nothing(ids) {
    return { points: 0, parts: Object.fromEntries(ids.map((id) => [id, false])) };
  }

  /**
   * Makes one quiz answerable. Called again on the same element, it gives the same quiz.
   * @param {Element} root     the quiz, or any element with items in it
   * @param {object} options   store, or what openStore takes (see store.js);
   *                           mode, in place of the one that the HTML names
   * @returns {object} the quiz: root, views, store, refresh()
   */
  function enhance(root, options) {
    if (quizzes.has(root)) return quizzes.get(root);
    const given = options || {};
    const quiz = {
      root: root,
      store: given.store || player.openStore(given),
      views: [],
      /** The items as they were written, before any of them was made answerable. */
      written: new Map(),
      refresh: function () {},
    };
    quizzes.set(root, quiz);
    const name = given.mode || root.dataset.imlMode;
    const mode = modes[name] || modes.practice;
    for (const element of root.querySelectorAll('[data-iml-item]')) {
      quiz.written.set(element.dataset.imlItem, element.cloneNode(true));
      if (mode.draws) continue; // it makes views of what it draws, when it does
      try {
        quiz.views.push(player.view(element));
      } catch (error) {
        // A host may have stripped what the player needs. The item can still be read and unfolded.
        console.warn('imlPlayer: left as it is:', element.id, error);
      }
    }
    mode(quiz);
    return quiz;
  }

  /** Offers what was missed, in a place of the page; what that takes may have to be fetched. */
  function offer(place, quizzes, store) {
    if (player.review) {
      player.review(place, quizzes, store);
      return;
    }
    let asked = false;
    const comesBack = function (id) {
      const record = store.get('item/' + id);
      return Boolean(record && record.review && record.review.due);
    };
    const look = function () {
      if (asked || !quizzes.some((quiz) => Array.from(quiz.written.keys()).some(comesBack))) return;
      asked = true;
      player.load(store.files + 'sitting.js').then(function (there) {
        asked = there;
        if (there) player.review(place, quizzes, store);
      });
    };
    store.listen(later(look));
    store.load().then(look);
  }

  /** Makes every quiz in a document or element answerable, all with one store. */
  function start(scope, options) {
    const given = Object.assign({}, options);
    given.store = given.store || player.openStore(given);
    const started = Array.from(scope.querySelectorAll('[data-iml-quiz]'),
      (root) => enhance(root, given));
    for (const place of scope.querySelectorAll('[data-iml-review]')) {
      offer(place, started, given.store);
    }
    return started;
  }

  const player = {
    strings: {}, types, modes, enhance, start, text,
    make, button, icon, day, later, when, unstopped, isObject, isChoice, nothing, distance,
  };
  globalThis.imlPlayer = player;
}());
