// needs: core/core
// texts: player.comma player.list player.locale player.review.minutes
/* Texts of the interface, and how days and times are told. */
(function (player) {
  'use strict';

  /** Gives a text of the interface with its {places} filled. */
  function text(key, values) {
    const found = player.texts.all[key];
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

  Object.assign(player.texts, { text, unstopped, listed, enumerated, countRight, day, when });
}(globalThis.imlPlayer));
