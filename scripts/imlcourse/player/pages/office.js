// needs: core/dom core/office core/texts record/record record/store
// texts: player.office.ask player.office.back player.office.bring player.office.count
//   player.office.kept player.office.leave player.office.left player.office.name
//   player.office.nameless player.office.not-kept player.office.over player.office.print
//   player.office.remove player.office.remove.ask player.office.remove.yes player.office.removed
//   player.office.save player.office.take player.office.taken player.office.unchanged
//   player.office.undo player.office.undone player.office.refused.*
/* Our rule here: fields that an office fills in, wherever a page shows one. They are kept on the
   device as a learner's answers are, in a store of the office's own: no learner's record holds
   them, and none is removed with one. An entry is rule/<field>: {v, at, text}; for at, see
   record.js. What a build has put into a field is shown where the device holds nothing else. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;
  const { plain } = player.office;
  const REST = 400; // how long writing has to pause before it is kept, in milliseconds
  const NAME = 'office-name'; // under which the name of the office is kept
  const MOST_OF_NAME = 120;

  /** Gives the office's own store, apart from those of learners. */
  function openStore({ course, frame }) {
    return player.store.open({ course: course + ' office', learner: 'office', frame });
  }

  function office(/** @type {any} */ { course, frame }) {
    const store = openStore({ course, frame });
    const places = new Map(); // by field: the places in which it is shown
    const given = new Map(); // what a build has put there
    /** @type {Record<string, number>} */
    const most = {};
    let count = 0;

    function own(field) {
      const entry = store.get('rule/' + field);
      return entry && typeof entry.text === 'string' ? entry.text : '';
    }

    function value(field) {
      return own(field) || given.get(field) || '';
    }

    function keep(field, words) {
      const line = plain(words).slice(0, most[field] || MOST_OF_NAME);
      // What is no other than what came with the copy follows the copy.
      const kept = line === (given.get(field) || '') ? '' : line;
      if (kept === own(field)) return Promise.resolve(true);
      return store.put('rule/' + field,
        Object.assign({ v: player.record.FORMAT, text: kept }, player.record.stamp()));
    }

    /** Makes what is typed into a field, at one of its places. */
    function field(name, labelled, { long, length, hint }) {
      /** @type {any} */
      const control = make(long ? 'textarea' : 'input', 'iml-office-field');
      const label = make('label', 'iml-office-name', ...labelled);
      /** @type {HTMLElement[]} */
      const parts = [label, control];
      let timer = 0;
      count += 1;
      control.id = 'office-' + count;
      control.dir = 'auto';
      control.autocomplete = 'off';
      control.readOnly = true; // until what was written before is there
      control.maxLength = length;
      if (long) control.rows = 2;
      label.htmlFor = control.id;
      if (hint) {
        const told = make('span', 'iml-office-hint', hint);
        told.id = control.id + '-hint';
        control.setAttribute('aria-describedby', told.id);
        label.after(told);
        parts.splice(1, 0, told);
      }

      function done() {
        clearTimeout(timer);
        keep(name, control.value).then(function (kept) {
          state(control, kept);
          if (document.activeElement !== control) control.value = value(name);
        });
      }

      control.addEventListener('input', function () {
        show(name, control);
        clearTimeout(timer);
        timer = setTimeout(done, REST);
      });
      control.addEventListener('change', done);
      return { control, parts };
    }

    /** Says beneath the fields whether what was written is kept. */
    function state(control, kept) {
      const list = control.closest('.iml-office') || control.parentElement;
      let said = list.nextElementSibling;
      if (!said || !said.matches('.iml-office-state')) {
        said = make('p', 'iml-office-state');
        said.setAttribute('role', 'status');
        list.after(said);
      }
      said.textContent = text(kept ? 'player.office.kept' : 'player.office.not-kept');
    }

    /** Shows what a field holds wherever it stands, but where it is being written. */
    function show(name, writing) {
      for (const { control, words, back } of places.get(name) || []) {
        if (writing) {
          if (control !== writing) control.value = writing.value;
        } else if (control.readOnly || control !== document.activeElement) {
          control.value = value(name);
          control.readOnly = false;
        }
        if (words) words.textContent = plain(control.value); // what is printed
        if (back) {
          const came = given.get(name);
          back.hidden = !came || !own(name) || own(name) === came;
          back.textContent = back.hidden ? '' : text('player.office.back', { words: came });
        }
      }
    }

    function placed(name, place) {
      places.set(name, (places.get(name) || []).concat(place));
    }

    for (const line of document.querySelectorAll('[data-iml-office]')) {
      const name = line.dataset.imlOffice;
      const words = line.querySelector('.iml-office-words');
      if (words.textContent.trim()) given.set(name, words.textContent.trim());
      most[name] = Number(line.dataset.most);
      const { control, parts } = field(name, [line.querySelector('.iml-office-name').textContent], {
        long: line.dataset.kind === 'law',
        length: most[name],
        hint: document.querySelector('[data-iml-office-page]') ? line.dataset.hint : '',
      });
      const back = button('iml-office-back', '', function () {
        keep(name, '').then(() => { show(name, null); control.focus(); });
      });
      back.hidden = true;
      line.querySelector('.iml-office-name').replaceWith(...parts);
      line.append(back);
      line.classList.add('iml-office-open');
      placed(name, { control, words, back });
    }

    const tools = document.querySelector('[data-iml-office-page]');
    if (tools) page(tools);
    const showAll = () => { for (const name of places.keys()) show(name, null); };
    store.load().then(function () {
      showAll();
      store.listen(player.dom.later(showAll));
    });

    /** The page on which all fields stand: how many are filled in, saving, bringing in. */
    function page(/** @type {any} */ root) {
      const said = make('p', 'iml-office-said');
      const asked = make('div', 'iml-office-asked');
      const how = make('p', 'iml-office-count');
      const choose = make('input', '');
      const name = make('div', 'iml-office-own');
      let before = null; // what there was before a file was brought in, or all was removed
      if (root.dataset.office) given.set(NAME, root.dataset.office);
      said.setAttribute('role', 'status');
      asked.tabIndex = -1;
      choose.type = 'file';
      choose.accept = '.json,application/json';
      choose.hidden = true;
      const { control, parts } = field(NAME, [text('player.office.name')],
        { long: false, length: MOST_OF_NAME, hint: '' });
      name.append(...parts);
      placed(NAME, { control, words: null, back: null });

      const names = () => Object.keys(most);
      const values = () => Object.fromEntries(names().map((one) => [one, value(one)]));

      function tell() {
        how.textContent = text('player.office.count',
          { n: names().filter((one) => value(one)).length, all: names().length });
      }

      function remember() {
        before = Object.fromEntries(names().concat(NAME).map((one) => [one, own(one)]));
      }

      /** Writes many fields; says what was done, and lets it be undone. */
      function change(fields, key, numbers) {
        const wrote = Object.entries(fields).map(([one, words]) => keep(one, words));
        asked.replaceChildren();
        return Promise.all(wrote).then(function (kept) {
          showAll();
          tell();
          const all = kept.every(Boolean);
          said.replaceChildren(text(all ? key : 'player.office.not-kept', numbers));
          if (!before) return;
          said.append(' ', button('iml-button', text('player.office.undo'), function () {
            const back = before;
            before = null;
            change(back, 'player.office.undone', {}).then(() => said.focus());
          }));
        });
      }

      function save() {
        player.dom.download('our-rules-here.json',
          player.office.write(course, value(NAME), values()), 'application/json');
      }

      /** Reads a file, and asks before anything is changed. */
      function offer(content) {
        const found = player.office.read(content, course, most);
        said.replaceChildren();
        if (found.refused) {
          asked.replaceChildren();
          said.textContent = text('player.office.refused.' + found.refused);
          return;
        }
        const changes = Object.entries(found.fields).filter(([one, words]) => value(one) !== words);
        const over = changes.filter(([one]) => value(one));
        const list = make('ul', '', ...over.map(([one, words]) => make('li', '',
          text('player.office.over', { name: titleOf(one), now: value(one), then: words }))));
        asked.replaceChildren(
          make('p', '', text('player.office.ask', { from: found.office || text('player.office.nameless'),
            n: changes.length, over: over.length })),
          ...(over.length ? [list] : []),
          ...(found.left.length
            ? [make('p', '', text('player.office.left', { names: found.left.join(', ') }))] : []),
          make('p', 'iml-actions',
            button('iml-button iml-primary', text('player.office.take'), function () {
              remember();
              const taken = Object.fromEntries(changes);
              if (found.office) taken[NAME] = found.office;
              change(taken, 'player.office.taken', { n: changes.length });
            }), ' ',
            button('iml-button', text('player.office.leave'), function () {
              asked.replaceChildren();
              said.textContent = text('player.office.unchanged');
            })));
        asked.focus();
      }

      function titleOf(one) {
        const place = (places.get(one) || [])[0];
        return place ? place.control.labels[0].textContent : one;
      }

      function removeAll() {
        asked.replaceChildren(
          make('p', '', text('player.office.remove.ask')),
          make('p', 'iml-actions',
            button('iml-button iml-primary', text('player.office.remove.yes'), function () {
              remember();
              change(Object.fromEntries(names().concat(NAME).map((one) => [one, ''])),
                'player.office.removed', {});
            }), ' ',
            button('iml-button', text('player.office.leave'), () => asked.replaceChildren())));
        asked.focus();
      }

      choose.addEventListener('change', function () {
        const file = choose.files && choose.files[0];
        choose.value = '';
        if (file) file.text().then(offer);
      });
      said.tabIndex = -1;
      root.append(name, how,
        make('p', 'iml-actions',
          button('iml-button', text('player.office.save'), save), ' ',
          button('iml-button', text('player.office.bring'), () => choose.click()), ' ',
          button('iml-button', text('player.office.print'), () => globalThis.print()), ' ',
          button('iml-button', text('player.office.remove'), removeAll), choose),
        asked, said);
      store.load().then(function () {
        root.hidden = false;
        tell();
        store.listen(player.dom.later(tell));
      });
    }
  }

  player.dom.onPage(office);
}(globalThis.imlPlayer));
