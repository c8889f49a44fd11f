// needs: core/dom core/texts record/record record/store pages/course pages/name pages/pages
// texts: player.cert.has player.cert.head player.cert.honest player.cert.name player.cert.not-yet
//   player.cert.place player.cert.print player.cert.result player.cert.trainer
//   player.cert.version player.me.test.final
/* The certificate of completion, for the learner to print. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;
  const { percent } = player.record;

  /**
   * Makes the page.
   * @param {HTMLElement} place  an element for it
   * @param {Course} course      what course.js of the book holds
   * @param {Store} store        the learner's store
   */
  function certificate(place, course, store) {
    /** @type {any} */
    const state = player.course.stateOf(course, store, new Date().toISOString());
    if (!state.certified) {
      const missing = state.modules.filter((one) => !one.complete).map(function ({ module }) {
        const link = make('a', '', module.title);
        link.href = player.book.to(module.href);
        return make('li', '', link);
      });
      /** @type {Node[]} */
      const nodes = [make('p', '', text('player.cert.not-yet'))];
      if (missing.length) nodes.push(make('ul', '', ...missing));
      if (course.tests && !state.tests.final.passed) {
        const link = make('a', '', text('player.me.test.final'));
        link.href = player.book.to(course.pages.final);
        nodes.push(make('p', '', link));
      }
      place.replaceChildren(...nodes);
      return;
    }
    const { best } = state.tests.final;
    const shown = make('p', 'iml-cert-name');
    const [label, field] = player.name.nameField(store,
      { id: 'iml-cert-name', label: text('player.cert.name'), autocomplete: 'name' },
      function (name) {
        shown.textContent = name || '\u00a0';
        // A long name is set smaller, and goes on in the next line; none is cut.
        shown.style.setProperty('--iml-letters', String(Math.max(24, Array.from(shown.textContent).length)));
      });
    place.replaceChildren(
      make('div', 'iml-cert-form', make('p', '', label, ' ', field),
        make('p', '', button('iml-button iml-check', text('player.cert.print'), () => print())),
        make('p', '', text('player.cert.honest'))),
      make('div', 'iml-cert', make('p', 'iml-cert-head', text('player.cert.head')), shown,
        make('p', '', text('player.cert.has')),
        make('p', 'iml-cert-title', course.title), make('p', '', course.subtitle),
        make('p', '', text('player.cert.result', {
          percent: percent(best.points), count: state.modules.length,
        })),
        make('p', '', player.texts.day(best.ended)),
        make('div', 'iml-cert-lines', ...['player.cert.place', 'player.cert.trainer'].map((key) =>
          make('span', '', text(key)))),
        make('p', 'iml-cert-small', text('player.cert.version', {
          version: course.version, date: course.date, taken: best.course,
        })),
        make('p', 'iml-cert-small', course.own)));
  }

  player.dom.onPage(function (options) {
    const place = document.querySelector('[data-iml-page="certificate"]');
    if (!place || !globalThis.imlCourse) return;
    const store = player.store.open(options);
    store.load().then(() => certificate(place, globalThis.imlCourse, store));
  });
}(globalThis.imlPlayer));
