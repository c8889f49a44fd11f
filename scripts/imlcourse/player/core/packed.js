// needs: core/core
/* Reads what is packed. */
(function (player) {
  'use strict';
  const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
  const VALUES = new Uint8Array(128);
  for (let value = 0; value < 85; value += 1) VALUES[SIGNS.charCodeAt(value)] = value;

  /**
   * Reads base 85: five signs for four bytes.
   * @param {string} text
   * @param {number} size  of what is read
   */
  function bytesOf(text, size) {
    const view = new DataView(new ArrayBuffer(text.length / 5 * 4));
    for (let from = 0; from < text.length; from += 5) {
      let value = 0;
      for (let n = 0; n < 5; n += 1) value = value * 85 + VALUES[text.charCodeAt(from + n)];
      view.setUint32(from / 5 * 4, value);
    }
    return new Uint8Array(view.buffer, 0, size);
  }

  player.packed = { bytesOf };
}(globalThis.imlPlayer));
