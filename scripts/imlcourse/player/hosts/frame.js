// needs: core/values record/shelf
/* In the hidden frame that holds the shelf for all pages of the course on file://.
   It answers the page that it stands in, and only where both are local files. */
(function (player) {
  'use strict';
  const CALLS = ['open', 'put', 'restore', 'setAside', 'choose', 'remove'];
  if (location.protocol !== 'file:' || window.parent === window) return;
  const shelf = player.shelf.local();

  function send(message) {
    // The parent is a local page, which has no origin to name.
    window.parent.postMessage(message, '*');
  }

  window.addEventListener('message', function (event) {
    const asked = event.data;
    if (event.source !== window.parent || !/^(null|file:\/\/)$/.test(event.origin)) return;
    if (!player.values.isObject(asked) || asked.imlStore !== 'ask' || !CALLS.includes(asked.call)) return;
    if (!Array.isArray(asked.args)) return;
    const value = shelf[asked.call](...asked.args);
    send({ imlStore: 'answer', number: asked.number, value });
  });
  shelf.watch((...told) => send({ imlStore: 'told', told }));
  send({ imlStore: 'ready' });
}(globalThis.imlPlayer));
