// needs: core/dom core/texts core/values pages/name pages/pages record/bringing record/export
//   record/record record/xapi
// texts: player.bring.beside player.bring.beside.done player.bring.cancel
//   player.bring.into player.bring.kept player.bring.mine player.bring.same
//   player.bring.take player.bring.undo player.bring.undo.beside player.bring.undo.button
//   player.bring.undo.into player.bring.undone player.bring.unnamed player.bring.where
//   player.bring.whose player.bring.whose.unnamed player.me.cancel player.me.export
//   player.me.exported player.me.import player.me.import.damaged player.me.import.large
//   player.me.import.newer player.me.import.none player.me.import.part player.me.import.some
//   player.me.import.some-newer player.me.import.strange player.me.imported
//   player.me.importing player.me.name player.me.name.why player.me.remove
//   player.me.remove.failed player.me.remove.sure player.me.remove.yes player.me.unnamed
//   player.who.change
/* The learner and the record on My progress: name, role, the file that goes out and the one that
   comes in. Nothing that comes in is put into a record without being asked, and it can be taken out
   again. */
(function (player) {
  'use strict';
  const MEGABYTE = 1e6;
  const LARGEST = 20 * MEGABYTE; // of a file; a whole record has a few hundred kilobytes
  const MANY = 2000; // so many entries take their time
  const AT_ONCE = 50; // entries that are written before the page may answer again
  const { make, button, icon } = player.dom;
  const { text, enumerated } = player.texts;

  /** Writes the entries of a file, some at a time; gives how many there were, and were kept. */
  function write(put, entries, step) {
    const keys = Object.keys(entries);
    let kept = 0;
    let done = 0;
    return new Promise(function (resolve) {
      (function go() {
        const some = keys.slice(done, done + AT_ONCE);
        Promise.all(some.map((key) => put(key, entries[key]))).then(function (all) {
          kept += all.filter(Boolean).length;
          done += some.length;
          step(done, keys.length);
          setTimeout(done < keys.length ? go : () => resolve([keys.length, kept]), 0);
        });
      }());
    });
  }

  /** Gives what tells, each tenth of the way, how far it is; from: where this half begins. */
  function telling(say, from) {
    let last = -1;
    return function (done, of) {
      const tenth = Math.floor((from + done / Math.max(1, of) / 2) * 10);
      if (of > MANY && tenth > last) say(text('player.me.importing', { percent: tenth * 10 }));
      last = tenth;
    };
  }

  /** Says what became of a file that was brought in. */
  function outcome(found, [count, kept]) {
    const words = [text('player.me.imported', { count })];
    if (kept < count) words.push(text('player.me.import.part', { kept }));
    if (found.damaged) words.push(text('player.me.import.some', { count: found.damaged }));
    if (found.newer) words.push(text('player.me.import.some-newer', { count: found.newer }));
    return words.join(' ');
  }

  /** Asks something in a place of the page; each choice is [words, action, class]. */
  function ask(place, lines, choices) {
    const shut = () => place.replaceChildren();
    place.replaceChildren(...lines.map((line, at) =>
      make('p', '', ...(at ? [] : [icon('note'), ' ']), line)),
    make('div', 'iml-actions', ...choices.map(([words, action, look]) =>
      button('iml-button ' + (look || ''), words, function () {
        shut();
        if (action) action();
      }))));
    place.querySelector('button').focus();
  }

  /** Reads the file, and says why not where it holds no record. */
  function read(course, file, say) {
    if (file.size > LARGEST) {
      say(text('player.me.import.large', { name: file.name, most: LARGEST / MEGABYTE }));
      return Promise.resolve(null);
    }
    return file.text().then((words) => JSON.parse(words))
      .then((list) => player.xapi.recordInSteps(course, list, telling(say, 0)))
      .then(function (found) {
        if (Object.keys(found.entries).length) return found;
        const why = ['newer', 'damaged', 'strange'].find((kind) => found[kind]);
        const said = {
          newer: 'player.me.import.newer', damaged: 'player.me.import.damaged',
          strange: 'player.me.import.strange',
        };
        say(text(why ? said[why] : 'player.me.import.none', { name: file.name }));
        return null;
      })
      .catch(function () {
        say(text('player.me.import.none', { name: file.name }));
        return null;
      });
  }

  /** Puts a record from a file into the one that is open, with what undoes it. */
  function bringInto(store, found, file, say) {
    const note = player.bringing.noted((key) => store.get(key), found.entries, file);
    return store.put('undo/' + player.values.newName(), note)
      .then(() => write((key, entry) => store.put(key, entry), found.entries, telling(say, 0.5)))
      .then((counts) => say(outcome(found, counts)));
  }

  /** Opens a record from a file beside the one that is open, and leads there. */
  function bringBeside(store, found, file, say) {
    const id = player.values.newName();
    const note = Object.assign(player.bringing.noted(() => null, {}, file),
      { kind: 'beside', from: store.learner, count: Object.keys(found.entries).length });
    const put = (key, entry) => store.putFor(id, key, entry);
    const me = found.entries.me || Object.assign({ v: player.record.FORMAT }, player.record.stamp());
    if (!me.name && found.names.length === 1) Object.assign(me, { name: found.names[0] });
    return write(put, Object.assign({}, found.entries, { me }), telling(say, 0.5))
      .then((counts) => put('undo/' + player.values.newName(), note)
        .then(function () {
          say(text('player.bring.beside.done'));
          return counts[1] && store.choose(id).then(() => location.reload());
        }));
  }

  /** Asks whose record it is that a file holds, and does what is chosen. */
  function whose(place, store, found, file, say) {
    const about = player.bringing.offer(
      { me: store.get('me'), keys: store.keys('') }, found);
    const theirs = enumerated(about.theirs.slice(0, 3));
    const { count } = about;
    const lines = [theirs ? text('player.bring.whose', { file, theirs, count })
      : text('player.bring.whose.unnamed', { file, count })];
    const choices = [];
    const into = () => bringInto(store, found, file, say);
    const beside = () => bringBeside(store, found, file, say);
    if (about.empty) choices.push([text('player.bring.take'), into, 'iml-check']);
    else if (about.same) choices.push([text('player.bring.same'), into, 'iml-check']);
    else if (about.into) lines.push(text('player.bring.mine', { theirs, mine: about.mine }));
    else if (!store.hosted) lines.push(text('player.bring.unnamed'));
    // A platform has one record for each account: there is no other beside it.
    if (!about.empty && !store.hosted) {
      choices.push([text('player.bring.beside'), beside, about.same ? '' : 'iml-check']);
    }
    if ((about.into || store.hosted) && !about.empty && !about.same) choices.push([text('player.bring.into'), into]);
    choices.push([text('player.bring.cancel'), null]);
    say('');
    ask(place, lines, choices);
  }

  /** Gives what was brought in last, and can be taken out again. */
  function lastBrought(store) {
    return store.keys('undo/').map((key) => ({ key, note: store.get(key) }))
      .sort((a, b) => player.record.writtenAt(b.note) - player.record.writtenAt(a.note))[0] || null;
  }

  /** Offers to undo what was brought in last. */
  function undoing(place, store, asking, say) {
    const last = lastBrought(store);
    if (!last) {
      place.replaceChildren();
      return;
    }
    const { file, count, at, kind, from } = last.note;
    const date = player.texts.day(at);

    function undo() {
      if (kind === 'beside') {
        ask(asking, [text('player.bring.undo.beside', { file })], [
          [text('player.bring.undo'), () => store.remove().then(() => store.choose(from))
            .then(() => location.reload()), 'iml-remove'],
          [text('player.bring.cancel'), null]]);
        return;
      }
      const changed = player.bringing.undone(last.note, (key) => store.get(key));
      store.restore(Object.assign({}, changed, { [last.key]: null }))
        .then(() => say(text('player.bring.undone', { file })));
    }

    place.replaceChildren(make('p', '', text('player.bring.undo.into', { file, count, date }), ' ',
      button('iml-button', text('player.bring.undo.button'), undo)));
  }

  /**
   * Gives what stands on My progress of the record itself.
   * @param {Course} course
   * @param {Store} store
   * @param {(words: string) => void} say
   */
  function recordOf(course, store, say) {
    const confirm = make('div', 'iml-me-confirm');
    const undo = make('div', 'iml-me-undo');
    const file = make('input', '');
    const label = make('label', '', text('player.me.import'));
    const save = button('iml-button', text('player.me.export'), function () {
      const name = player.exporting.exportRecord(course, store);
      if (name) say(text('player.me.exported', { name })); // else the host says why there is none
    });
    const remove = button('iml-button iml-remove', text('player.me.remove'), function () {
      const name = (store.get('me') || {}).name || text('player.me.unnamed');
      say(''); // what was said before is done with
      ask(confirm, [text('player.me.remove.sure', { name })], [
        [text('player.me.remove.yes'), () => store.remove().then(function (gone) {
          if (gone) {
            location.hash = 'removed'; // said once the page is there again
            location.reload();
          } else say(text('player.me.remove.failed'));
        }), 'iml-remove'],
        [text('player.me.cancel'), null]]);
    });

    file.type = 'file';
    file.accept = '.json,application/json';
    file.id = 'iml-import';
    label.htmlFor = file.id;
    file.addEventListener('change', function () {
      const [chosen] = file.files || [];
      if (!chosen) return;
      file.value = '';
      confirm.replaceChildren();
      read(course, chosen, say).then(function (found) {
        if (found) whose(confirm, store, found, chosen.name, say);
      });
    });
    const show = () => undoing(undo, store, confirm, say);
    show();
    store.listen(player.dom.later(show));
    return [
      make('p', '', text('player.bring.where')), make('div', 'iml-actions', save),
      make('p', 'iml-me-import', label, ' ', file), make('p', '', text('player.bring.kept')),
      undo, confirm, make('div', 'iml-actions', remove),
    ];
  }

  /** Gives what stands on My progress of the learner: name, role, who else learns here. */
  function learnerOf(course, store) {
    const [label, field] = player.name.nameField(store,
      { id: 'iml-name', label: text('player.me.name'), autocomplete: 'off' });
    /** @type {Node[]} */
    const nodes = [make('p', 'iml-me-name', label, ' ', field),
      make('p', '', text('player.me.name.why'))];
    if (Object.keys(course.roles).length) {
      nodes.push(player.book.roleChooser(course, store, 'iml-my-role'));
    }
    // A platform knows who is learning.
    if (!store.hosted) nodes.push(make('div', 'iml-actions',
      button('iml-button', text('player.who.change'), () => player.book.askWho(store, false))));
    store.listen(function (key) {
      // A name that came in with a record is shown, unless one is being written.
      if (key === 'me' && !(/** @type {any} */ (field).matches(':focus'))) {
        /** @type {any} */ (field).value = (store.get('me') || {}).name || '';
      }
    });
    return nodes;
  }

  player.keeping = { learnerOf, recordOf };
}(globalThis.imlPlayer));
