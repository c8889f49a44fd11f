// needs: core/dom record/store record/xapi
/* The learner's whole record as a file. */
(function (player) {
  'use strict';

  function fileName(course, store) {
    const name = ((store.get('me') || {}).name || '').normalize('NFKD')
      .replace(/\p{M}+/gu, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').toLowerCase();
    const today = new Date().toISOString().slice(0, 10);
    return [course.id, name, today].filter(Boolean).join('-') + '.json';
  }

  function newAccount() {
    return Array.from(crypto.getRandomValues(new Uint8Array(12)),
      (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /** Gives the learner's whole record to the downloads, and the name of the file. */
  function exportRecord(course, store) {
    // A store of many records knows a learner by the account: no two may have the same one.
    const me = store.get('me') || {};
    if (!me.account) player.store.setMe(store, { account: newAccount() });
    const entries = Object.fromEntries(store.keys('').map((key) => [key, store.get(key)]));
    const name = fileName(course, store);
    const made = player.xapi.statements(course, store.learner, entries);
    player.dom.download(name, JSON.stringify(made, null, 1), 'application/json');
    return name;
  }

  player.exporting = { exportRecord };
}(globalThis.imlPlayer));
