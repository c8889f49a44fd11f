// needs: core/dom core/texts
// texts: player.more player.named player.question
/* One item on the page: its parts, its notes beside the parts, and its voice. */
(function (player) {
  'use strict';
  const { make, icon } = player.dom;
  const { text, unstopped } = player.texts;
  // Time for a screen reader to notice that the region was emptied before it is filled again.
  const PAUSE = 40;
  // More than this is too much to listen to at once.
  const MOST_SAID = 2;

  function byPart(list) {
    return new Map(Array.from(list, (element) => [element.dataset.part, element]));
  }

  /**
   * @param {HTMLElement} element         the item
   * @param {HTMLElement | null} [apart]  its answer, where it does not stand in the item: in a test
   * @returns {View}
   */
  function view(element, apart) {
    /** @type {any} */
    const data = element.dataset;
    const type = player.types[data.imlType];
    const question = element.querySelector('.iml-question');
    const answer = apart || element.querySelector('.iml-answer');
    if (!type || !question || !answer) throw new Error('not an item that this player knows');

    // An option has its part once, as the value of its control.
    for (const option of question.querySelectorAll('.iml-options > li')) {
      option.dataset.part = option.querySelector('input').value;
    }

    /** @type {View} */
    const self = {
      element, question, answer, type,
      kind: data.imlType,
      id: data.imlItem,
      version: data.imlVersion,
      /** The parts in the question, by id. */
      parts: byPart(question.querySelectorAll('[data-part]')),
      /** The same parts in the answer, by id. */
      keys: byPart(answer.querySelectorAll('[data-part]')),
      notes: [],
      data: null,
      live: make('p', 'iml-live'),
      /** Gives the element in which the notes about a part stand. */
      home: (part) => self.parts.get(part),
      /** Is called when an item that finishes by itself is answered. */
      finish: function () {},
      changed, say, note, unmark, lock, controls, keyText, feedback, miss, setMark, saidNotes,
    };
    const { live } = self;
    live.setAttribute('role', 'status');
    let timer = 0;

    /** Tells whoever listens that what is answered has changed. */
    function changed() {
      question.dispatchEvent(new CustomEvent('iml-change', { bubbles: true, composed: true }));
    }

    /** Says something through the live region; shows it too where it is all the learner gets. */
    function say(words, visibly) {
      clearTimeout(timer);
      live.textContent = '';
      live.classList.toggle('iml-shown', Boolean(visibly && words));
      timer = setTimeout(function () {
        live.textContent = words;
        if (!visibly || !words) return;
        live.prepend(icon('note'), ' ');
        live.scrollIntoView({ block: 'nearest' }); // it may stand below the edge of the window
      }, PAUSE);
    }

    function controls() {
      return question.querySelectorAll('input, select, button');
    }

    /** Keeps what was answered readable, and from being changed. */
    function lock(locked) {
      for (const control of controls()) control.disabled = locked;
      element.classList.toggle('iml-checked', locked);
    }

    /** Gives a part in words: from the answer, or from the option that has the same letter. */
    function keyText(part) {
      const key = self.keys.get(part);
      const words = key && (key.querySelector('.iml-key-text') ||
        self.parts.get(part).querySelector('label > span'));
      return words ? unstopped(words.textContent) : '';
    }

    /** Gives a copy of the feedback for a part of the answer, or for any element of it. */
    function feedback(part) {
      const key = part instanceof Element ? part : self.keys.get(part);
      return key.querySelector('.iml-why').cloneNode(true);
    }

    /**
     * Gives a copy of what is said of a wrong choice at a part of the answer, or at any element of
     * it: of that choice, or else of any; null where nothing is said.
     */
    function miss(part, choice) {
      const key = part instanceof Element ? part : self.keys.get(part);
      const told = key.querySelector('[data-iml-chosen="' + choice + '"]') ||
        key.querySelector('.iml-miss:not([data-iml-chosen])');
      return told && told.cloneNode(true);
    }

    function setMark(part, kind) {
      self.parts.get(part).classList.add('iml-is-' + kind);
    }

    /**
     * Writes a note beside a part, and ties it to the part's control.
     * kind: right, partly or wrong; word: what is said besides the colour; body: nodes, or none;
     * name: what the note is about, for the ear; shown: and for the eye.
     */
    function note(part, kind, word, body, name, shown) {
      const place = self.parts.get(part);
      const told = make('div', 'iml-note iml-' + kind, icon(kind));
      if (shown) told.append(make('span', 'iml-note-name', name), ' ');
      told.append(make('strong', '', word));
      if (body) told.append(' ', body);
      told.id = element.id + '-note-' + part;
      self.home(part).append(told);
      setMark(part, kind);
      const control = place.querySelector('input, select');
      if (control) control.setAttribute('aria-describedby', told.id);
      self.notes.push({ element: told, control, kind, name, word, said: body ? body.textContent : '' });
    }

    /** Takes all notes and marks away. */
    function unmark() {
      for (const one of self.notes) {
        one.element.remove();
        if (one.control) one.control.removeAttribute('aria-describedby');
      }
      self.notes = [];
      for (const part of self.parts.values()) part.classList.remove('iml-is-right', 'iml-is-partly', 'iml-is-wrong');
    }

    /** Gives the feedback worth saying: what is wrong before what is right, and not too much. */
    function saidNotes() {
      const worth = self.notes.filter((one) => one.said);
      const wrong = worth.filter((one) => one.kind !== 'right');
      const chosen = (wrong.length ? wrong : worth);
      const said = chosen.slice(0, MOST_SAID).map((one) => one.name
        ? text('player.named', {
          name: unstopped(one.name), word: unstopped(one.word), text: one.said,
        }) : one.said);
      if (worth.length > said.length) said.push(text('player.more'));
      return said.join(' ');
    }

    for (const control of controls()) {
      // Some browsers bring back what stood in a form before; what is kept, the store knows.
      control.autocomplete = 'off';
      if (control.type === 'radio' || control.type === 'checkbox') control.checked = false;
      else control.value = '';
    }
    self.data = type.read(self);
    if (type.setUp) type.setUp(self);
    if (!apart) answer.hidden = true;
    element.append(live);
    return self;
  }

  /** Gives a copy of an item as it was written, with ids of its own. */
  function copyOf(quiz, id, prefix) {
    const copy = quiz.written.get(id).cloneNode(true);
    const own = copy.id;
    const named = ['id', 'for', 'name', 'aria-describedby', 'aria-labelledby'];
    for (const element of [copy, ...copy.querySelectorAll('*')]) {
      for (const name of named) {
        const value = element.getAttribute(name);
        if (value && value.startsWith(own)) element.setAttribute(name, prefix + value);
      }
    }
    copy.hidden = false;
    return copy;
  }

  /** Numbers an item anew. */
  function renumber(element, number) {
    const place = element.querySelector('.iml-number');
    if (place) place.textContent = text('player.question', { number });
  }

  player.items = { view, copyOf, renumber };
}(globalThis.imlPlayer));
