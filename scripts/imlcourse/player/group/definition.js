// needs: core/core
/* What a group's answers are read and counted by of one item, as the HTML of the item has it: its
   options and which of them are right, their letters, how a written answer is read
   (imlcourse/results/responses.py), and its score. */
(function (player) {
  'use strict';
  const JUDGEMENTS = ['true', 'false'];
  const SHORT = { t: 'true', f: 'false' };
  const CHOSEN = ['single', 'multiple', 'truefalse'];

  const valuesOf = (inputs) => Array.from(inputs, (input) => input.getAttribute('value'));
  const byPart = (list) =>
    new Map(Array.from(list, (element) => [element.getAttribute('data-part'), element]));

  /**
   * @param {any} element  an item with its question and its answer
   * @param {string} kind  its type
   */
  function define(element, kind) {
    const type = player.types[kind];
    const question = element.querySelector('.iml-question');
    const answer = element.querySelector('.iml-answer');
    if (!type || !question || !answer) return null;
    for (const option of question.querySelectorAll('.iml-options > li')) {
      option.setAttribute('data-part', option.querySelector('input').getAttribute('value'));
    }
    const [parts, keys] = [question, answer]
      .map((place) => byPart(place.querySelectorAll('[data-part]')));
    const data = type.read(/** @type {any} */ ({ element, question, answer, parts, keys }));
    const options = valuesOf(question.querySelectorAll('.iml-options > li input'));
    const chosen = CHOSEN.includes(kind);
    const letters = chosen ? options.filter((id) => !JUDGEMENTS.includes(id) || kind !== 'truefalse')
      : kind === 'ordering' ? Array.from(parts.keys()) : [];
    const own = /** @type {[string, string][]} */ (letters
      .map((id, at) => [String.fromCharCode(97 + at), id])).concat(letters.map((id) => [id, id]));

    /**
     * Gives the response that stands for what somebody has written; null if it stands for nothing.
     * @param {[string, string][] | null} labels  what was called what, if not as on the page
     * @param {string} written
     */
    function read(labels, written) {
      const text = written.trim();
      if (/^[[{]/.test(text)) {
        try {
          return JSON.parse(text);
        } catch {
          return null;
        }
      }
      if (kind === 'numeric') return text;
      const called = new Map(labels || own);
      let words = text.toLowerCase().split(/[\s,;+]+/).filter(Boolean);
      if (kind === 'truefalse') {
        const [judged = '', ...reasons] = words.map((one, at) => (at ? one : SHORT[one] || one));
        if (!JUDGEMENTS.includes(judged) || !reasons.every((one) => called.has(one))) return null;
        return data.reasoned ? [judged, ...reasons.map((one) => called.get(one))] : judged;
      }
      if (words.length === 1 && !called.has(words[0]) && ['multiple', 'ordering'].includes(kind)) {
        words = Array.from(words[0]); // “acd” for “a c d”
      }
      if (!words.length || !words.every((one) => called.has(one))) return null;
      const ids = words.map((one) => called.get(one));
      return kind !== 'single' ? ids : ids.length === 1 ? ids[0] : null;
    }

    return {
      kind, letters, read,
      choices: chosen ? options.map((id) => ({ id, right: data.right.includes(id) })) : null,
      /** Gives the points for a response. */
      score: (response) => type.score(data, response).points,
    };
  }

  player.definition = { define };
}(globalThis.imlPlayer));
