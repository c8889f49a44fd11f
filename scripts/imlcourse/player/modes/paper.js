// needs: core/dom core/items core/seal core/texts
// texts: player.test.paper
/* A test on paper: its questions without the answers, drawn when the page is printed. */
(function (player) {
  'use strict';
  const { make, listen } = player.dom;
  const { text } = player.texts;

  /** Draws a sheet of questions. */
  function draft(quiz, ids) {
    const items = ids.filter((id) => quiz.written.has(id)).map(function (id, at) {
      const element = player.items.copyOf(quiz, id, 'paper-');
      if (!player.seal.unsealItem(element)) return null;
      for (const told of element.querySelectorAll('.iml-answer, [data-iml-sealed]')) told.remove();
      player.items.renumber(element, at + 1);
      return element;
    });
    if (items.every(Boolean)) return items;
    player.seal.sealedOf(quiz.root); // for the next time: what prints does not wait
    return [make('p', '', text('player.test.paper'))];
  }

  /**
   * Puts the questions on paper in place of what stands on the screen.
   * @param {Quiz} quiz
   * @param {HTMLElement} stage     what stands on the screen
   * @param {boolean} sealed        whether the questions themselves are sealed
   * @param {() => string[]} asked  gives the ids of the items, in their order
   */
  function printable(quiz, stage, sealed, asked) {
    const sheet = make('div', 'iml-paper');
    quiz.onEnd(listen(globalThis, 'beforeprint', function () {
      sheet.replaceChildren(...draft(quiz, asked()));
      stage.before(sheet);
    }));
    quiz.onEnd(listen(globalThis, 'afterprint', () => sheet.remove()));
    // Of the keys that print, the first is enough to know: when the second comes, all is there.
    if (!sealed) return;
    quiz.onEnd(listen(globalThis, 'keydown', function (event) {
      if (event.key === 'Control' || event.key === 'Meta') player.seal.sealedOf(quiz.root);
    }));
  }

  player.paper = { printable };
}(globalThis.imlPlayer));
