// needs: core/dom record/store
/* A field for the learner's name, which is kept as it is written. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const REST = 300; // how long writing has to pause before it is kept, in milliseconds

  /**
   * Makes the field.
   * @param {Store} store
   * @param {{id: string, label: string, autocomplete: AutoFill}} options
   * @param {(name: string) => void} [written]  is called with the name, at once and as it is written
   * @returns {Node[]} the label and the field
   */
  function nameField(store, { id, label: words, autocomplete }, written) {
    const field = make('input', '');
    const label = make('label', '', words);
    let timer = 0;
    field.type = 'text';
    field.dir = 'auto';
    field.id = id;
    field.autocomplete = autocomplete;
    field.value = (store.get('me') || {}).name || '';
    label.htmlFor = id;

    function keep() {
      clearTimeout(timer);
      player.store.setMe(store, { name: field.value.trim() });
    }

    function show() {
      if (written) written(field.value.trim());
    }

    field.addEventListener('input', function () {
      show();
      clearTimeout(timer);
      timer = setTimeout(keep, REST);
    });
    field.addEventListener('change', keep);
    show();
    return [label, field];
  }

  player.name = { nameField };
}(globalThis.imlPlayer));
