// needs: core/values
/* Comparing what was typed with what was expected, as imlcourse/items/typed.py does; what is taken
   off a text, imlcourse/languages/folding.py says. */
(function (player) {
  'use strict';
  const LONGEST = player.shared.typed.longest;
  const LETTERS_FOR_A_SLIP = player.shared.typed.letters_for_a_slip;
  const LONGEST_NUMBER = player.shared.typed.longest_number;
  const { distance } = player.values;
  // The scripts whose letters may be written without their marks: Latin, Greek, Cyrillic, Hebrew,
  // Arabic.
  const UNMARKED = new RegExp('[A-Za-z\u00c0-\u02af\u0370-\u03ff\u0400-\u052f\u0590-\u05ff' +
    '\u0600-\u065f\u066a-\u06ef\u06fa-\u06ff\u0750-\u077f\u0870-\u08ff\u1c80-\u1c8f' +
    '\u1d00-\u1dbf\u1e00-\u1fff\u2c60-\u2c7f\ua640-\ua69f\ua720-\ua7ff\uab30-\uab6f]');
  const IGNORED = /[\p{Cf}\u034f\u0640\u07fa\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f]/u;
  const STROKES = {
    æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ħ: 'h', ŧ: 't', ς: 'σ',
  };
  const DIRECTIONS = /[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
  const SPACES = /[\s\u001c-\u001f\u0085]+/g;
  // Digits, and words that are Roman numerals.
  const NUMERALS = new RegExp('[0-9]|(?<![\\p{L}\\p{N}])(?=[\\p{L}\\p{N}]{2})m{0,3}(?:cm|cd|d?c{0,3})' +
    '(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?![\\p{L}\\p{N}])', 'gu');
  // What ends a number and is no part of it: a sign for per cent, the stop of a sentence.
  const ENDING = /[%\u066a\ufe6a\uff05]?\.?$/;
  const GROUPED = /^(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?:'[0-9]{3})+)$/;

  /** Gives the value of a decimal digit of whatever script. */
  function digit(char) {
    const usual = char.normalize('NFKC');
    if (/^[0-9]$/.test(usual)) return usual;
    // The ten digits of a script stand in a row.
    const code = char.codePointAt(0);
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
    return String(value);
  }

  function decimalDigits(text) {
    return text.replace(/\p{Nd}/gu, digit);
  }

  /** Takes off a text what is forgiven: accents, capitals, punctuation, wide spaces. */
  function plain(text) {
    let kept = '';
    let marks = false; // whether marks belong to the word here
    for (const char of text.normalize('NFKD')) {
      if (IGNORED.test(char)) continue;
      if (/\p{M}/u.test(char)) {
        if (marks) kept += char;
        continue;
      }
      const isWord = /[\p{L}\p{N}]/u.test(char);
      marks = isWord && !UNMARKED.test(char);
      kept += isWord ? char : ' ';
    }
    const folded = kept.toLowerCase().toUpperCase().toLowerCase()
      .replace(/[æœøłđħŧς]/g, (letter) => STROKES[letter]);
    return decimalDigits(folded).replace(/ +/g, ' ').trim();
  }

  function lengthOf(text) {
    return Array.from(text).length;
  }

  /** Counts the slips between two texts, word for word; more than the tolerance if too many. */
  function slips(typed, answer, tolerance) {
    const tooMany = tolerance + 1;
    const numerals = (text) => (text.match(NUMERALS) || []).join(' ');
    if (numerals(typed) !== numerals(answer)) return tooMany;
    const [words, wanted] = [typed.split(' '), answer.split(' ')];
    if (words.length !== wanted.length) {
      // A space too many or too few is a slip too.
      const [one, other] = [words.join(''), wanted.join('')];
      if (Math.abs(lengthOf(one) - lengthOf(other)) > tolerance) return tooMany;
      return Math.min(tooMany, Math.abs(words.length - wanted.length) + distance(one, other));
    }
    let count = 0;
    words.forEach(function (word, at) {
      const right = wanted[at];
      if (word === right) return;
      const most = Math.min(tolerance, Math.floor(lengthOf(right) / LETTERS_FOR_A_SLIP));
      const far = Math.abs(lengthOf(word) - lengthOf(right)) > most;
      const apart = far ? tooMany : distance(word, right);
      count += apart <= most ? apart : tooMany;
    });
    return Math.min(count, tooMany);
  }

  /**
   * Says which of the answers is meant by what was typed.
   * @param {string} given
   * @param {string[]} answers
   * @param {number} tolerance   how many slips of spelling are forgiven
   * @param {string[]} mistakes  what is wrong however near it comes to an answer
   * @param {string[]} [others]  words near those of the answers that are not meant
   * @returns {number} the place of the nearest answer; -1 if what was typed is wrong
   */
  function accepted(given, answers, tolerance, mistakes, others) {
    const typed = plain(given);
    if (!typed || lengthOf(given) > LONGEST) return -1;
    const wrong = mistakes.map(plain);
    const right = answers.map(plain);
    if (wrong.includes(typed)) return -1;
    if (right.includes(typed)) return right.indexOf(typed);
    if (typed.split(' ').some((word) => (others || []).includes(word))) return -1;
    let found = -1;
    let fewest = tolerance + 1;
    right.forEach(function (answer, at) {
      const count = slips(typed, answer, tolerance);
      if (count < fewest) [found, fewest] = [at, count];
    });
    return wrong.some((mistake) => distance(typed, mistake) <= fewest) ? -1 : found;
  }

  /** Gives the place of the mistake that was made, if it is one of those known: -1 if not. */
  function mistaken(given, mistakes) {
    const typed = plain(given);
    const wrong = mistakes.map(plain);
    if (wrong.includes(typed)) return wrong.indexOf(typed);
    return wrong.findIndex((mistake) => slips(typed, mistake, 1) <= 1);
  }

  /** Reads a number as people write it; null for none. */
  function number(given) {
    const text = decimalDigits(given).replace(DIRECTIONS, '').replace(SPACES, '')
      .replace(/[\u2010-\u2013\u2212\ufe63\uff0d]/g, '-').replace(/\uff0b/g, '+')
      .replace(/[\uff0e\u066b]/g, '.').replace(/\uff0c/g, ',').replace(/[\u066c\u2019\u02bc]/g, "'")
      .replace(ENDING, '');
    const found = /^([+-]?)([.,]?[0-9][0-9.,']*)$/.exec(text);
    if (!found || text.length > LONGEST_NUMBER) return null;
    const body = (/^[.,]/.test(found[2]) ? '0' : '') + found[2];
    let [whole, decimals] = [body, ''];
    if (body.includes(',') && body.includes('.')) {
      // The last of them is the decimal one.
      const at = Math.max(body.lastIndexOf(','), body.lastIndexOf('.'));
      [whole, decimals] = [body.slice(0, at), body.slice(at + 1)];
      if (body[at] === ',') whole = whole.replace(/\./g, ',');
      if (!GROUPED.test(whole) || !decimals) return null;
    } else if (/^[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}$/.test(body)) {
      whole = body.replace(/\./g, '');
    } else if (/[,.]/.test(body) && !GROUPED.test(body)) {
      const at = body.search(/[,.]/);
      [whole, decimals] = [body.slice(0, at), body.slice(at + 1)];
      if (!decimals) return null;
    }
    if (whole.includes("'") && !GROUPED.test(whole)) return null;
    if (!/^[0-9]*$/.test(decimals)) return null;
    whole = whole.replace(/[,']/g, '');
    return /^[0-9]+$/.test(whole) ? Number(found[1] + whole + '.' + (decimals || '0')) : null;
  }

  player.typed = { plain, accepted, mistaken, number };
}(globalThis.imlPlayer));
