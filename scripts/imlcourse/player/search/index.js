// needs: core/core
/* Reads the search index, as imlcourse.book.search_index writes it. */
(function (player) {
  'use strict';
  const GLUE = '\ue000'; // no space stands before the word
  const END = '\ue001'; // the text of a section ends
  const [ONE, THREE] = [160, 240]; // first bytes of what takes two, and three
  const TWO = ONE + (THREE - ONE) * 256;

  /**
   * Reads what was packed.
   * @param {Uint8Array} bytes
   * @returns {Section[]}
   */
  function read(bytes) {
    const nul = bytes.indexOf(0);
    const { tokens: listed, pages } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, nul)));
    const tokens = listed.split('\n');
    const isWord = tokens.map((token) => /^[\p{L}\p{N}]/u.test(token));
    const texts = [];
    let words = '';
    let glued = true;
    for (let from = nul + 1; from < bytes.length;) {
      const first = bytes[from];
      const number = first < ONE ? first
        : first < THREE ? ONE + (first - ONE) * 256 + bytes[from + 1]
          : TWO + (first - THREE) * 65536 + bytes[from + 1] * 256 + bytes[from + 2];
      from += first < ONE ? 1 : first < THREE ? 2 : 3;
      const token = tokens[number];
      if (token === END) {
        texts.push(words);
        words = '';
        glued = true;
      } else if (token === GLUE) glued = true;
      else {
        words += (glued || !isWord[number] ? '' : ' ') + token;
        glued = false;
      }
    }
    let at = 0;
    return pages.flatMap(([page, rank, title, sections]) => sections.map(
      ([anchor, heading, also]) => ({
        page, rank, title, anchor, heading, also: also || '', text: texts[at++] || '',
      })));
  }

  player.sections = { read };
}(globalThis.imlPlayer));
