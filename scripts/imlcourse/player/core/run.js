// needs: core/packed core/inflate
/* Runs the scripts of the pages, which come packed: more than half of their weight is saved. */
(function (player) {
  'use strict';
  const first = document.currentScript;
  // What the policy of the page knows its own scripts by.
  const nonce = first ? first.nonce : '';

  /**
   * Runs a packed script at once, in the place of the one that calls this.
   * @param {number} size   bytes of what is packed
   * @param {string} signs  them, in base 85
   */
  player.run = function (size, signs) {
    const own = document.currentScript;
    const script = document.createElement('script');
    script.nonce = nonce;
    // A script finds on its own element what it is to work with.
    if (own) Object.assign(script.dataset, own.dataset);
    script.textContent = new TextDecoder().decode(player.inflate(player.packed.bytesOf(signs, size)));
    document.head.append(script);
    script.remove();
  };
}(globalThis.imlPlayer));
