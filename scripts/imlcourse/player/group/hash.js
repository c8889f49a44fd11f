// needs: core/core
/* SHA-256, as FIPS 180-4 has it, of a short text: pages opened by a plain address of the house have
   no crypto.subtle. */
(function (player) {
  'use strict';
  const turn = (word, by) => (word >>> by) | (word << (32 - by));

  /** The first 32 bits of the fractional parts of the roots of the first primes. */
  function roots(count, power) {
    const found = [];
    for (let one = 2; found.length < count; one += 1) {
      let prime = true;
      for (let by = 2; by * by <= one; by += 1) if (one % by === 0) prime = false;
      if (prime) found.push(Math.floor((one ** power % 1) * 2 ** 32) | 0);
    }
    return found;
  }

  const START = roots(8, 1 / 2);
  const ROUNDS = roots(64, 1 / 3);

  /** Gives the hash of a text in UTF-8, in hexadecimal. */
  function sha256(text) {
    const bytes = new TextEncoder().encode(text);
    const data = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
    bytes.forEach((byte, at) => data.setUint8(at, byte));
    data.setUint8(bytes.length, 0x80);
    data.setUint32(data.byteLength - 4, bytes.length * 8);
    const state = START.slice();
    for (let from = 0; from < data.byteLength; from += 64) {
      const words = [];
      for (let at = 0; at < 64; at += 1) {
        if (at < 16) {
          words.push(data.getInt32(from + at * 4));
          continue;
        }
        const [near, far] = [words[at - 2], words[at - 15]];
        words.push((words[at - 16] + words[at - 7] +
          (turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)) +
          (turn(near, 17) ^ turn(near, 19) ^ (near >>> 10))) | 0);
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let at = 0; at < 64; at += 1) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) +
          ROUNDS[at] + words[at]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
      }
      [a, b, c, d, e, f, g, h].forEach(function (word, at) { state[at] = (state[at] + word) | 0; });
    }
    return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  player.hash = { sha256 };
}(globalThis.imlPlayer));
