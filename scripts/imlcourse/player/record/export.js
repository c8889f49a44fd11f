// needs: core/dom core/values record/store record/xapi
/* The learner's whole record as a file. */
(function (player) {
  'use strict';

  function fileName(course, store) {
    const name = ((store.get('me') || {}).name || '').normalize('NFKD')
      .replace(/\p{M}+/gu, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').toLowerCase();
    const now = new Date();
    // The day of the learner, which is not everywhere that of Greenwich.
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
      .map((part) => String(part).padStart(2, '0')).join('-');
    // Twenty people copy their files to one stick, many without a name or with the same one: the four
    // signs of the record, as its result codes have them, keep the files apart.
    const signs = player.values.personSigns(player.store.accountOf(store));
    return [course.id, name, signs, today].filter(Boolean).join('-') + '.json';
  }

  /** Gives the learner's whole record to the downloads; gives the name of the file, if there is one. */
  function exportRecord(course, store) {
    const name = fileName(course, store); // which makes the account, if there is none yet
    const entries = Object.fromEntries(store.keys('').map((key) => [key, store.get(key)]));
    const made = player.xapi.statements(course, store.learner, entries, store.newer());
    return player.dom.download(name, JSON.stringify(made, null, 1), 'application/json') ? name : '';
  }

  player.exporting = { exportRecord };
}(globalThis.imlPlayer));
