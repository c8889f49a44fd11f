// needs: core/dom core/items core/seal core/texts modes/practice
// texts: player.review.at player.review.end player.review.next
/* Asks what comes back, one item at a time. Of each, the first answer counts. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;

  /**
   * Asks some items.
   * @param {HTMLElement} stage   an element for them
   * @param {Store} store         the learner's store
   * @param {HTMLElement[]} list  the items, as they were written
   * @param {{told: (words: string) => void, done: (right: number, count: number) => void,
   *   over?: () => boolean, still?: boolean}} way
   *                              told is given where the learner is; done, how many were right at
   *                              once, and of how many; over says whether the time is up; still:
   *                              the first of them takes no focus
   */
  function ask(stage, store, list, { told, done, over, still }) {
    let at = 0;
    let right = 0;

    function next() {
      const element = list[at];
      if (!element || (at && over && over())) {
        stage.replaceChildren();
        done(right, at);
        return;
      }
      const number = element.querySelector('.iml-number');
      if (number) number.remove(); // it is told above
      stage.replaceChildren(element);
      const view = player.items.view(element, player.seal.answerOf(element));
      const onward = button('iml-button iml-check iml-onward-button', '', next);
      onward.hidden = true;
      player.practice.practise({ root: stage, store }, view, function (wasRight) {
        right += wasRight ? 1 : 0;
        at += 1;
        const ends = at >= list.length || (over && over());
        onward.textContent = text(ends ? 'player.review.end' : 'player.review.next');
        onward.hidden = false;
        onward.focus({ preventScroll: true });
        onward.scrollIntoView({ block: 'nearest' });
      });
      element.append(make('div', 'iml-actions', onward));
      told(text('player.review.at', { number: at + 1, count: list.length }));
      if (still && !at) return;
      element.tabIndex = -1;
      element.focus({ preventScroll: true });
      element.scrollIntoView({ block: 'nearest' });
    }

    next();
  }

  player.asking = { ask };
}(globalThis.imlPlayer));
