// needs: core/dom core/texts pages/course pages/next pages/pages pages/promised pages/promises
//   record/store
// texts: player.slice.done player.welcome.back player.welcome.due.* player.welcome.name
/* The cover for somebody who has been here: what is due, what to go on with, one press away. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text, form } = player.texts;

  /**
   * @param {HTMLElement} place  an element for it
   * @param {Course} course
   * @param {Store} store
   */
  function welcome(place, course, store) {
    const head = make('h2', 'iml-welcome-head');
    const body = make('div', 'iml-welcome-body');
    head.id = 'iml-welcome';
    place.setAttribute('role', 'region');
    place.setAttribute('aria-labelledby', head.id);
    place.append(head, body);
    // For who has been here, it comes first.
    const title = document.querySelector('.iml-text h1');
    if (title) title.after(place);

    function show() {
      const now = new Date().toISOString();
      const state = player.course.stateOf(course, store, now);
      const begun = state.modules.some((one) => one.begun) || state.due.count > 0 ||
        store.keys('item/').length > 0;
      const { name } = state.me;
      place.hidden = !begun;
      document.body.classList.toggle('iml-been-here', begun);
      if (!begun) return;
      const things = player.next.thingsOf(course, state);
      const due = things.find(({ kind }) => kind.startsWith('due.'));
      const ask = player.promised.toAsk(course, store, now);
      const buttons = things.slice(0, 2).map(player.book.thingButton);
      if (buttons.length > 1) buttons[1].classList.remove('iml-check');
      head.textContent = name ? text('player.welcome.name', { name }) : text('player.welcome.back');
      /** @type {Node[]} */
      const nodes = [];
      if (due) {
        nodes.push(make('p', '', text('player.welcome.due.' + form(state.due.count),
          { count: state.due.count, minutes: due.minutes })));
      }
      nodes.push(!buttons.length && course.slice ? make('p', '', text('player.slice.done'))
        : make('div', 'iml-actions', ...buttons));
      if (ask && !body.querySelector('.iml-promise-ask input:focus')) {
        nodes.push(player.promises.asking(ask, store));
      }
      body.replaceChildren(...nodes);
    }

    show();
    store.listen(player.dom.later(show));
  }

  player.dom.onPage(function (options) {
    const place = document.querySelector('[data-iml-welcome]');
    if (!place || !globalThis.imlCourse) return;
    const store = player.store.open(options);
    store.load().then(() => welcome(place, globalThis.imlCourse, store));
  });
}(globalThis.imlPlayer));
