// needs: core/dom core/texts pages/promised record/record record/store
// texts: player.promise.answer.* player.promise.ask player.promise.how player.promise.keep
//   player.promise.said player.promise.words
/* What a learner has promised to do at work: the field at the end of a module, the question how it
   went, and the list on My progress (see promised.js). */
(function (player) {
  'use strict';
  const ANSWERS = ['done', 'later', 'gone'];
  const { make, button } = player.dom;
  const { text } = player.texts;

  /** Keeps something of a promise; what is not named stays. */
  function keep(store, module, changes) {
    return store.put('promise/' + module, Object.assign({ v: player.record.FORMAT }, changes,
      player.record.stamp()));
  }

  /** Asks how it went with a promise. */
  function asking({ module, promise }, store) {
    const words = make('input', '');
    const label = make('label', '', text('player.promise.words'));
    const box = make('div', 'iml-promise-ask',
      make('p', '', text('player.promise.ask', { date: player.texts.day(promise.made) })),
      make('blockquote', '', promise.text),
      make('p', 'iml-promise-words', label, ' ', words),
      make('div', 'iml-actions', ...ANSWERS.map((answer) => button('iml-button',
        text('player.promise.answer.' + answer), () => keep(store, module.id, {
          answer, answered: new Date().toISOString(), words: words.value.trim(),
        })))));
    words.type = 'text';
    words.dir = 'auto';
    words.id = 'iml-promise-words';
    words.maxLength = 300;
    words.autocomplete = 'off';
    label.htmlFor = words.id;
    box.querySelector('blockquote').dir = 'auto';
    return box;
  }

  /** Gives a list of what was promised, and how it went; nothing where nothing was. */
  function listOf(course, store) {
    const promised = player.promised.promisesOf(course, store);
    if (!promised.length) return [];
    return [make('ul', 'iml-promises', ...promised.map(function ({ module, promise }) {
      const said = make('q', '', promise.text);
      said.dir = 'auto';
      const line = make('li', '', make('strong', '', module.title), ' ',
        text('player.promise.said', { date: player.texts.day(promise.made) }), ' ', said);
      if (promise.answer) {
        line.append(' ', make('span', '', text('player.promise.answer.' + promise.answer)));
        if (promise.words) line.append(' (', promise.words, ')');
      }
      return line;
    }))];
  }

  /** Gives a field for the promise of a module. */
  function field(module, store) {
    const input = make('input', '');
    const label = make('label', '', text('player.promise.keep'));
    const how = make('p', 'iml-how', text('player.promise.how'));
    const kept = store.get('promise/' + module);
    input.type = 'text';
    input.dir = 'auto';
    input.maxLength = 300;
    input.autocomplete = 'off';
    input.id = 'iml-promise';
    input.value = kept && kept.text ? kept.text : '';
    label.htmlFor = input.id;
    how.id = 'iml-promise-how';
    input.setAttribute('aria-describedby', how.id);
    input.addEventListener('change', function () {
      keep(store, module, {
        text: input.value.trim(), made: new Date().toISOString(), answer: '', answered: '', words: '',
      });
    });
    return make('div', 'iml-promise', label, input, how);
  }

  player.promises = { asking, listOf };
  player.dom.onPage(function (options) {
    const place = document.querySelector('[data-iml-promise]');
    const { imlModule: module } = document.body.dataset;
    if (!place || !module) return;
    const store = player.store.open(options);
    store.load().then(function () {
      place.replaceChildren(field(module, store));
      place.hidden = false;
    });
  });
}(globalThis.imlPlayer));
