// needs: core/core
/* Words as a search compares them: folded, without what is written before them, as stems; and what
   a language knows of questions: words that say nothing, words that mean the same. */
(function (player) {
  'use strict';
  // Letters that stand for one another in writing; digits of other scripts.
  const ALIKE = { 'ٱ': 'ا', 'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ى': 'ي', 'ة': 'ه', 'œ': 'oe', 'æ': 'ae', 'ß': 'ss' };
  for (let digit = 0; digit < 10; digit += 1) {
    for (const zero of [0x660, 0x6f0, 0x966]) ALIKE[String.fromCodePoint(zero + digit)] = String(digit);
  }
  const SHORTEST = 3; // letters that are left of a word without what is written before it

  /**
   * Makes what compares words.
   * @param {{marks: string, prefixes?: string[], stop?: string, same?: string[],
   *   phrases?: Record<string, string>, stem?: (word: string) => string}} language
   *   marks: signs above and below letters, as between the brackets of a regular expression
   */
  function wordsOf(language) {
    const prefixes = language.prefixes || [];
    const marks = new RegExp('[' + language.marks + ']', 'gu');
    const WORD = new RegExp('[\\p{L}\\p{N}][\\p{L}\\p{N}' + language.marks + ']*', 'gu');
    /** @type {Map<string, string>} */
    const folded = new Map();
    /** @type {Map<string, string>} */
    const stems = new Map();

    /** Gives a word without capitals, accents and what is written before it as a part of it. */
    function fold(word) {
      const there = folded.get(word);
      if (there !== undefined) return there;
      const plain = Array.from(word.normalize('NFC').toLowerCase(), function (sign) {
        const bare = sign.normalize('NFD').replace(marks, '').normalize('NFC');
        return ALIKE[sign] || ALIKE[bare] || bare;
      }).join('').replace(marks, '');
      const before = prefixes.find((prefix) => plain.startsWith(prefix) &&
        plain.length - prefix.length >= SHORTEST);
      const found = before ? plain.slice(before.length) : plain;
      folded.set(word, found);
      return found;
    }

    /** Gives the stem of a folded word. */
    function stem(word) {
      const there = stems.get(word);
      if (there !== undefined) return there;
      const found = language.stem && /^\p{L}+$/u.test(word) ? language.stem(word) : word;
      stems.set(word, found);
      return found;
    }

    /** Gives the words of a text as they are written, each with its place. */
    function split(text) {
      return Array.from(text.matchAll(WORD), (found) => ({ at: found.index, written: found[0] }));
    }

    const stop = new Set((language.stop || '').split(' ').filter(Boolean).map((word) => fold(word)));
    // Of each stem, those of words that mean the same. Behind “<” are words that may mean it and
    // much else: who asks for them gets it, and who asks for it does not get them.
    /** @type {Map<string, Set<string>>} */
    const same = new Map();
    for (const group of language.same || []) {
      const [meant, wider] = (group + '<').split('<').map((some) =>
        some.split(' ').filter(Boolean).map((word) => stem(fold(word))));
      for (const one of meant.concat(wider)) {
        same.set(one, new Set([...(same.get(one) || []), ...meant]));
      }
    }
    const phrases = Object.entries(language.phrases || {}).map(([written, meant]) => ({
      words: written.split(' ').map(fold), meant: meant.split(' ').map(fold),
    }));

    /**
     * Gives the folded words of a question that say what is looked for.
     * @param {string} question
     * @returns {string[]} all of them if none says anything
     */
    function asked(question) {
      const words = split(question).map(({ written }) => fold(written));
      for (const { words: several, meant } of phrases) {
        for (let at = 0; at + several.length <= words.length; at += 1) {
          if (several.every((word, n) => words[at + n] === word)) words.splice(at, several.length, ...meant);
        }
      }
      const telling = words.filter((word) => !stop.has(word));
      return Array.from(new Set(telling.length ? telling : words));
    }

    return { fold, stem, split, asked, same, known: (word) => stop.has(word) };
  }

  player.words = { wordsOf };
}(globalThis.imlPlayer));
