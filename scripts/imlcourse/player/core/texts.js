// needs: core/core
// texts: player.comma player.list player.locale player.review.minutes
/* Texts of the interface, and how days and times are told. */
(function (player) {
  'use strict';

  /**
   * Gives a text of the interface with its {places} filled. Of one that goes with a number, a
   * language may lack a form: then it has the one that fits every number.
   */
  function text(key, values) {
    const { all, hosted = {} } = player.texts;
    const found = hosted[key] || all[key] || all[key.replace(/\.(zero|one|two|few|many)$/, '.other')];
    if (found === undefined) return key;
    return found.replace(/\{([a-z_]+)\}/g, function (whole, name) {
      return values && name in values ? String(values[name]) : whole;
    });
  }

  /** Takes the stop off a text that is to stand inside a sentence. */
  function unstopped(words) {
    return words.trim().replace(/[.;:,،؛۔。]+$/, '');
  }

  /** Puts answers side by side, with what parts them in the language. */
  function listed(words) {
    return words.join(text('player.list'));
  }

  /** Puts names or numbers side by side inside a sentence. */
  function enumerated(words) {
    return words.join(text('player.comma'));
  }

  /** Says how many parts of an answer are right, by a text with the places right and count. */
  function countRight(key, outcome) {
    const parts = Object.values(outcome.result.parts);
    return text(key, { right: parts.filter(Boolean).length, count: parts.length });
  }

  /** Gives the form of a text that goes with a number, as the language has it: one, other, … */
  function form(count) {
    return new Intl.PluralRules(text('player.locale')).select(count);
  }

  /** Writes a day in words. */
  function day(at) {
    const date = new Date(at);
    if (Number.isNaN(date.getTime())) return String(at);
    return date.toLocaleDateString(text('player.locale'), { dateStyle: 'long' });
  }

  /** Says when something is due: in minutes or hours today, else the day. */
  function when(due) {
    const minutes = Math.max(1, Math.ceil((new Date(due).getTime() - Date.now()) / 60000));
    if (minutes < 60) return text('player.review.minutes', { minutes });
    return day(due);
  }

  Object.assign(player.texts, { text, unstopped, listed, enumerated, countRight, form, day, when });
}(globalThis.imlPlayer));
