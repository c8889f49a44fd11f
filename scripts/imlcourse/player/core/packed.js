// needs: core/core
/* Reads what is packed. */
(function (player) {
  'use strict';
  const SIGNS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
  /** @type {any} */
  const VALUES = new Map(Array.from(SIGNS, (sign, value) => [sign, value]));

  /**
   * Reads base 85: five signs for four bytes.
   * @param {string} text
   * @param {number} size  of what is read
   */
  function bytesOf(text, size) {
    const view = new DataView(new ArrayBuffer(text.length / 5 * 4));
    for (let from = 0; from < text.length; from += 5) {
      let value = 0;
      for (let n = 0; n < 5; n += 1) value = value * 85 + VALUES.get(text[from + n]);
      view.setUint32(from / 5 * 4, value);
    }
    return new Uint8Array(view.buffer, 0, size);
  }

  /** Tells whether the browser can unpack; if not, core/inflate can. */
  function native() {
    try {
      return Boolean(new DecompressionStream('deflate-raw'));
    } catch {
      return false;
    }
  }

  /**
   * Unpacks a text.
   * @param {Uint8Array} bytes  packed by deflate
   * @returns {Promise<string>}
   */
  async function textOf(bytes) {
    const { inflate } = player.packed;
    if (inflate && !native()) return new TextDecoder().decode(inflate(bytes));
    const stream = new Blob([/** @type {any} */ (bytes)]).stream();
    return new Response(stream.pipeThrough(new DecompressionStream('deflate-raw'))).text();
  }

  player.packed = { bytesOf, textOf };
}(globalThis.imlPlayer));
