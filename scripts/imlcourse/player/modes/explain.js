// needs: core/dom core/texts
// texts: player.partly player.right player.words player.wrong
/* What is told of an answer, in practice and when a test is looked back on, always in this order:
   what was chosen and why it is wrong, beside the parts; then, below them, what is right, what
   settles it, and where to read. */
(function (player) {
  'use strict';
  const { make, icon } = player.dom;
  const { text } = player.texts;
  const WORDS = { right: 'player.right', partly: 'player.partly', wrong: 'player.wrong' };

  /**
   * Says what an answer is, as the name of its colour and in a word.
   * @param {Share} points
   * @returns {[Kind, string]}
   */
  function verdict(points) {
    const kind = points === 1 ? 'right' : points > 0 ? 'partly' : 'wrong';
    return [kind, text(WORDS[kind])];
  }

  /** Draws the head of what is told below the parts. */
  function head(kind, word, summary) {
    const line = make('p', 'iml-result-head', icon(kind), make('strong', '', word));
    if (summary) line.append(' ', make('span', '', summary));
    return line;
  }

  /**
   * Draws what settles an item, and where to read.
   * @param {View} view
   * @param {Outcome} outcome
   * @param {boolean} open  whether the quotation may be seen: it often holds the answer
   */
  function grounds(view, outcome, open) {
    const copies = (name) => Array.from(view.answer.querySelectorAll(':scope > ' + name),
      (one) => one.cloneNode(true));
    const proofs = copies('.iml-evidence');
    const read = outcome.result.points < 1 ? copies('.iml-reading') : [];
    return [...(open ? proofs : [folded(proofs)]), ...read];
  }

  /** Draws quotations that wait until they are asked for. */
  function folded(proofs) {
    return make('details', 'iml-words', make('summary', '', text('player.words')), ...proofs);
  }

  player.explain = { verdict, head, grounds, folded };
}(globalThis.imlPlayer));
