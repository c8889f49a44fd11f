// In the live preview only: reloads the page after a saved change, and shows what is wrong.
'use strict';
(function () {
  const { version: shown } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const news = new EventSource('/-/news');
  news.addEventListener('state', function (event) {
    const state = JSON.parse(event.data);
    if (state.version !== shown) {
      location.reload();
      return;
    }
    let box = document.getElementById('iml-live-problems');
    if (!state.problems) {
      if (box) {
        box.remove();
      }
      return;
    }
    if (!box) {
      box = document.createElement('pre');
      box.id = 'iml-live-problems';
      box.setAttribute('role', 'alert');
      box.setAttribute('dir', 'auto');
      box.style.cssText = 'position:fixed;inset-inline:0;inset-block-end:0;z-index:999;margin:0;' +
        'max-block-size:50vh;overflow:auto;padding:1em;background:#5c1010;color:#fff;' +
        'white-space:pre-wrap;font:14px/1.5 monospace';
      document.body.append(box);
    }
    box.textContent = state.problems;
  });
})();
