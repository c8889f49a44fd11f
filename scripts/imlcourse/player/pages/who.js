// needs: core/dom core/texts core/values record/record
// texts: player.who.am player.who.another player.who.as player.who.ask player.who.begin
//   player.who.change player.who.close player.who.name player.who.unnamed player.who.why
/* Who is learning: a dialog in which the learner says so. It opens by itself where several learn in
   one browser and it was not said yet, and from the learner's name at the top of each page. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;

  /** Makes a learner the one who is here, and shows the page as it is for them. */
  function become(store, id) {
    return store.choose(id).then(() => location.reload());
  }

  /** Begins the record of somebody new. */
  function begin(store, name) {
    const id = player.values.newName();
    const me = Object.assign({ v: player.record.FORMAT, name }, player.record.stamp());
    return store.putFor(id, 'me', me).then(() => become(store, id));
  }

  /** Says who a learner is. */
  function nameOf(name) {
    return name || text('player.who.unnamed');
  }

  /**
   * Opens the dialog.
   * @param {Store} store
   * @param {boolean} asking  it was not said yet who is here
   */
  function open(store, asking) {
    const head = make('h2', 'iml-who-head', text(asking ? 'player.who.ask' : 'player.who.change'));
    const me = (store.get('me') || {}).name || '';
    const others = store.learners.filter(({ id }) => id !== store.learner);
    const go = button('iml-button iml-check', text('player.who.as', { name: nameOf(me) }), close);
    const list = make('ul', 'iml-who-list', ...(asking ? [make('li', '', go)] : []),
      ...others.map(({ id, name }) => make('li', '', button('iml-button',
        text('player.who.am', { name: nameOf(name) }), () => become(store, id)))));
    const field = make('input', '');
    const label = make('label', '', text('player.who.name'));
    const form = make('form', 'iml-who-new', label, field,
      make('button', 'iml-button', text('player.who.begin')));
    const fresh = make('details', '', make('summary', '', text('player.who.another')), form,
      make('p', '', text('player.who.why')));
    /** @type {any} */
    const dialog = make('dialog', 'iml-who-dialog', head, list, fresh);

    function close() {
      dialog.close();
    }

    field.type = 'text';
    field.id = 'iml-who-name';
    field.dir = 'auto';
    field.autocomplete = 'off';
    field.required = true;
    label.htmlFor = field.id;
    head.id = 'iml-who-head';
    dialog.setAttribute('aria-labelledby', head.id);
    if (!asking) dialog.append(button('iml-button', text('player.who.close'), close));
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      if (field.value.trim()) begin(store, field.value.trim());
    });
    // Whoever closes it goes on as the one who is named there.
    dialog.addEventListener('close', function () {
      store.choose(store.learner || '');
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  player.who = { open };
}(globalThis.imlPlayer));
