// needs: core/dom core/texts pages/pages pages/proposal
// texts: player.start.begin player.start.begin.all player.start.beyond player.start.known
//   player.start.module player.start.new player.start.of player.start.only player.start.quiz
//   player.start.role player.start.role.none player.start.skip player.start.study
/* How the result of the start check is shown. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text } = player.texts;

  function link(words, href) {
    const made = make('a', '', words);
    made.href = player.book.to(href);
    return made;
  }

  function quizOf({ href, quiz }) {
    return href + '#quiz-' + quiz.id;
  }

  /** Writes a line: a module, what is proposed for it, and why. */
  function line({ module, asked, known }) {
    const name = make('span', 'iml-start-module', make('span', 'iml-which', module.label), ' ',
      link(module.title, module.href));
    const why = make('span', 'iml-start-why', make('strong', '',
      text(known ? 'player.start.skip' : 'player.start.study')), ' ',
    text(!asked ? 'player.start.new' : known ? 'player.start.known' : 'player.start.only'));
    if (known) why.append(' ', link(text('player.start.quiz'), quizOf(module)));
    return make('li', known ? 'iml-start-known' : 'iml-start-study', name, why);
  }

  /**
   * Shows what is proposed.
   * @param {Course} course
   * @param {Store} store
   * @returns {Node[]}  none where nothing is proposed
   */
  function shown(course, store) {
    const proposal = player.proposal.proposalOf(course, store);
    if (!proposal) return [];
    const { begin, own, beyond } = proposal;
    const target = begin || (own[0] && own[0].module);
    const go = link(text(begin ? 'player.start.begin' : 'player.start.begin.all',
      { label: target.label }), begin ? begin.href : quizOf(target));
    go.className = 'iml-button iml-check iml-next';
    /** @type {Node[]} */
    const nodes = [
      make('p', 'iml-start-of', text('player.start.of', proposal)),
      make('div', 'iml-actions', go),
      make('p', 'iml-start-head', proposal.role ? text('player.start.role', { role: proposal.role })
        : text('player.start.role.none')),
      make('ol', 'iml-start-lines', ...own.map(line)),
      make('p', '', text('player.start.module')),
    ];
    if (beyond.length) {
      nodes.push(make('details', 'iml-start-beyond', make('summary', '', text('player.start.beyond')),
        make('ol', 'iml-start-lines', ...beyond.map(line))));
    }
    return nodes;
  }

  player.startCheck = { shown };
}(globalThis.imlPlayer));
