// needs: core/core
/* What is shown of a section: the sentence that has the most of the question, or a stretch of it. */
(function (player) {
  'use strict';
  const LONGEST = 320; // characters of a sentence that are shown
  // Names of several words, and numbers with what they number: “Convention on the Rights of the
  // Child”, “No. 189, article 9”. No stretch begins inside.
  const NAME = /[\p{Lu}\p{N}][^\s;:–]*(?:(?:\s+\p{Ll}{1,9},?){0,3}\s+[(“‘]?[\p{Lu}\p{N}][^\s;:–]*)*/gu;

  /**
   * Makes what tells of a text.
   * @param {SearchWords} words
   * @param {string} abbreviations  words behind which a full stop ends no sentence
   */
  function tellerOf(words, abbreviations) {
    const shortened = abbreviations.split(' ').filter(Boolean).join('|');
    const STOP = new RegExp((shortened ? '(?<!(?<!\\p{L})(?:' + shortened + '))' : '') +
      '[.!?؟…]\\s?[”’)»]*\\s+| · ', 'giu');

    function parts(content) {
      const found = [];
      let from = 0;
      for (const stop of content.matchAll(STOP)) {
        // “7.” alone is the number of what follows.
        if (!/\p{L}/u.test(content.slice(from, stop.index)) && !/·/.test(stop[0])) continue;
        found.push(content.slice(from, stop.index + stop[0].length));
        from = stop.index + stop[0].length;
      }
      return found.concat(content.slice(from)).map((one) => one.replace(/ · $/, '')).filter(Boolean);
    }

    /** Gives where a stretch begins: at a word, after `from` if it can, and inside no name. */
    function beginning(sentence, from, before) {
      const names = Array.from(sentence.matchAll(NAME), (name) =>
        [name.index, name.index + name[0].length]);
      const may = Array.from(sentence.matchAll(/\s+/g), (space) => space.index + space[0].length)
        .filter((at) => at <= before && !names.some(([start, end]) => start < at && at < end));
      const after = may.find((at) => at >= from);
      return after === undefined ? may[may.length - 1] || 0 : after;
    }

    /**
     * Gives the sentence that has the most of the question, or a stretch of it.
     * @param {string} content
     * @param {(written: string) => boolean} isHit  whether a word is one that was looked for
     */
    function telling(content, isHit) {
      let best = { count: -1, sentence: '', at: 0 };
      for (const sentence of parts(content)) {
        const hits = words.split(sentence).filter(({ written }) => isHit(written));
        const count = new Set(hits.map(({ written }) => words.stem(words.fold(written)))).size;
        if (count > best.count) best = { count, sentence, at: hits.length ? hits[0].at : 0 };
      }
      let { sentence } = best;
      if (sentence.length <= LONGEST) return sentence.trim();
      const from = best.at > LONGEST / 2
        ? beginning(sentence, best.at - LONGEST / 2, best.at) : 0;
      const whole = sentence.length - from <= LONGEST;
      sentence = whole ? sentence.slice(from) : sentence.slice(from, sentence.lastIndexOf(' ', from + LONGEST));
      return (from ? '… ' : '') + sentence.trim() + (whole ? '' : ' …');
    }

    return telling;
  }

  player.telling = { tellerOf };
}(globalThis.imlPlayer));
