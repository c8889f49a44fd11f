// needs: core/dom core/texts pages/pages
// later: present/view hosts/onefile
// texts: player.present.start player.present.missing
/* The switch that turns the page of a module into a view for a projector. What shows it is loaded
   when it is wanted. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text } = player.texts;
  // An address that begins so presents at once: the page of a session plan leads there.
  const ADDRESS = /^#present(=|$)/;

  /** Loads what presents, with its style, and starts it. */
  async function present(plan, told) {
    const address = player.book.to('_static/present.css');
    const style = make('link');
    style.rel = 'stylesheet';
    style.href = address;
    const styled = new Promise(function (done) {
      style.addEventListener('load', done);
      style.addEventListener('error', done);
    });
    if (player.file) player.file.wear(address);
    else if (!document.querySelector('link[href="' + style.href + '"], link[data-iml-present]')) {
      style.dataset.imlPresent = '';
      document.head.append(style);
      await styled;
    }
    if (await player.dom.load(player.book.to('_static/present.js'))) return player.present.open(plan);
    told.textContent = text('player.present.missing');
    return null;
  }

  player.dom.onPage(function () {
    const kicker = document.querySelector('.iml-kicker');
    if (!document.body.dataset.imlModule || !kicker) return;
    const told = make('span', 'iml-present-told');
    told.setAttribute('role', 'status');
    const button = player.dom.button('iml-present-start', text('player.present.start'), function () {
      present(null, told);
    });
    kicker.append(button, told);
    if (ADDRESS.test(location.hash)) present(location.hash.slice('#present='.length), told);
  });
}(globalThis.imlPlayer));
