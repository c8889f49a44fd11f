// needs: core/core
/* Unpacks what was packed by deflate (RFC 1951). The way that browsers have is of 2023, and gives
   what it unpacks too late for a script of a page. */
(function (player) {
  'use strict';
  const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83,
    99, 115, 131, 163, 195, 227, 258];
  const FAR = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025,
    1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
  const LONGEST = 15; // bits of a word
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

  const SHORT = 9; // words of so many bits are looked up, and longer ones, which are few, counted out

  /**
   * Makes the table of a code: for what may stand next, the symbol and how long its word is.
   * @param {number[]} lengths  of the words of the symbols
   */
  function table(lengths) {
    const looked = new Uint16Array(1 << SHORT);
    const counts = new Uint16Array(LONGEST + 2);
    for (const own of lengths) counts[own] += 1;
    counts[0] = 0;
    const words = [0];
    const places = [0];
    for (let length = 1; length <= LONGEST + 1; length += 1) {
      words[length] = words[length - 1] + counts[length - 1] << 1;
      places[length] = places[length - 1] + counts[length - 1];
    }
    const symbols = [];
    lengths.forEach(function (own, symbol) {
      if (!own) return;
      const word = words[own];
      words[own] += 1;
      symbols[places[own]] = symbol;
      places[own] += 1;
      if (own > SHORT) return;
      let at = 0; // a word comes from its other end
      for (let bit = 0; bit < own; bit += 1) at |= (word >> bit & 1) << own - 1 - bit;
      for (; at < looked.length; at += 1 << own) looked[at] = symbol << 4 | own;
    });
    return { looked, counts, symbols };
  }

  /** @returns {never} */
  function damaged() {
    throw new Error('packed data is damaged');
  }

  const fixed = [];
  for (let at = 0; at < 288; at += 1) fixed.push(at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8);

  /**
   * @param {Uint8Array} packed
   * @returns {Uint8Array}
   */
  function inflate(packed) {
    let room = new Uint8Array(packed.length * 6 + 64);
    let size = 0;
    let at = 0; // of the next byte
    let buffer = 0; // bits that were read and not used
    let held = 0; // how many

    function put(byte) {
      if (size === room.length) {
        const wider = new Uint8Array(size * 2);
        wider.set(room);
        room = wider;
      }
      room[size] = byte;
      size += 1;
    }

    /** Sees to it that some bits are at hand; behind the end stand zeros. */
    function need(count) {
      if (at > packed.length + 8) damaged();
      while (held < count) {
        buffer |= packed[at] << held;
        at += 1;
        held += 8;
      }
    }

    function bits(count) {
      need(count);
      const value = buffer & (1 << count) - 1;
      buffer >>>= count;
      held -= count;
      return value;
    }

    function symbol(code) {
      need(LONGEST);
      const found = code.looked[buffer & (1 << SHORT) - 1];
      if (found) {
        bits(found & 15);
        return found >> 4;
      }
      for (let length = 1, word = 0, first = 0, place = 0; length <= LONGEST; length += 1) {
        word |= buffer >> length - 1 & 1;
        const count = code.counts[length];
        if (word - first < count) {
          bits(length);
          return code.symbols[place + word - first];
        }
        place += count;
        first = first + count << 1;
        word <<= 1;
      }
      damaged();
    }

    function codes() {
      const [many, far, few] = [bits(5) + 257, bits(5) + 1, bits(4) + 4];
      const short = new Array(19).fill(0);
      for (let n = 0; n < few; n += 1) short[ORDER[n]] = bits(3);
      const code = table(short);
      const lengths = [];
      while (lengths.length < many + far) {
        const one = symbol(code);
        if (one < 16) {
          lengths.push(one);
        } else {
          const again = one === 16 ? 3 + bits(2) : one === 17 ? 3 + bits(3) : 11 + bits(7);
          const value = one === 16 ? lengths[lengths.length - 1] : 0;
          for (let n = 0; n < again; n += 1) lengths.push(value);
        }
      }
      return [table(lengths.slice(0, many)), table(lengths.slice(many))];
    }

    let last = 0;
    while (!last) {
      last = bits(1);
      const kind = bits(2);
      if (kind === 3) damaged();
      if (kind === 0) {
        bits(held & 7);
        const count = bits(16);
        bits(16);
        for (let n = 0; n < count; n += 1) put(bits(8));
        continue;
      }
      const [letters, ways] = kind === 1 ? [table(fixed), table(new Array(30).fill(5))] : codes();
      for (let one = symbol(letters); one !== 256; one = symbol(letters)) {
        if (one < 256) {
          put(one);
        } else {
          const place = one - 257;
          const more = place < 4 || place === 28 ? 0 : (place >> 2) - 1;
          const length = LENGTHS[place] + bits(more);
          const way = symbol(ways);
          const back = FAR[way] + bits(way < 2 ? 0 : (way >> 1) - 1);
          if (back > size) damaged();
          if (back < length || size + length > room.length) {
            for (let n = 0; n < length; n += 1) put(room[size - back]);
          } else {
            room.copyWithin(size, size - back, size - back + length);
            size += length;
          }
        }
      }
    }
    return room.slice(0, size);
  }

  player.inflate = inflate;
}(globalThis.imlPlayer));
