// needs: core/dom core/texts pages/course pages/pages pages/proposal record/store
// texts: player.cover.certificate player.cover.change player.cover.continue player.cover.done
//   player.cover.known player.cover.left player.cover.minutes player.cover.start player.cover.track
//   player.cover.why
/* The cover: the learner chooses a role with one press, and sees its track at once. All tracks stand
   on the page already; of them, that of the role is shown. */
(function (player) {
  'use strict';
  const { make, button, icon } = player.dom;
  const { text } = player.texts;

  /**
   * @param {HTMLElement} place  what pages/templates/cover.html has drawn
   * @param {Course} course
   * @param {Store} store
   */
  function cover(place, course, store) {
    const roles = place.querySelector('.iml-roles');
    const buttons = Array.from(place.querySelectorAll('[data-iml-role]'));
    const tracks = Array.from(place.querySelectorAll('[data-iml-track]'));
    const head = place.querySelector('h2');
    const lead = place.querySelector('.iml-start-lead');
    const asked = head.textContent;
    const check = place.querySelector('[data-iml-check]');
    const written = check ? Array.from(check.childNodes) : [];
    let choosing = false;

    /** Shows the roles again, to choose another one. */
    function change() {
      choosing = true;
      show();
      const chosen = roles.querySelector('[aria-pressed="true"]');
      (chosen || buttons[0]).focus();
    }

    for (const track of tracks) {
      const again = button('iml-button iml-change', text('player.cover.change'), change);
      track.querySelector('.iml-track-start').append(' ', again);
    }

    for (const one of buttons) {
      one.addEventListener('click', function () {
        const { imlRole: role } = one.dataset;
        choosing = false;
        player.store.setMe(store, { role });
        show();
        const own = place.querySelector('[data-iml-track="' + role + '"] h3');
        own.focus({ preventScroll: true });
        own.scrollIntoView({ block: 'nearest' });
      });
    }

    /** Says what the start check proposes, where one was taken. */
    function propose() {
      const words = player.proposal.inShort(course, store);
      if (!check) return;
      if (!words) {
        check.replaceChildren(...written);
        return;
      }
      const why = make('a', '', text('player.cover.why'));
      why.href = player.book.to(course.pages.start);
      check.replaceChildren(words, ' ', why);
    }

    /** Writes what is done, and what comes next, into the track that is shown. */
    function fill(track, state) {
      for (const { module, complete, known, begun, minutes } of state.modules) {
        const line = track.querySelector('[data-iml-of="' + module.id + '"] .iml-minutes');
        line.classList.toggle('iml-done', complete);
        line.replaceChildren(...(complete ? [icon('right'), ' ', text('player.cover.done')]
          : [text(known ? 'player.cover.known' : begun ? 'player.cover.left'
            : 'player.cover.minutes', { minutes })]));
      }
      const start = track.querySelector('.iml-track-start a');
      const left = state.modules.filter((one) => !one.complete);
      // What the start check proposes to skip waits until the rest is done.
      const next = left.find((one) => one.begun) || left.find((one) => !one.known) || left[0];
      const begun = state.modules.some((one) => one.begun || one.complete);
      start.hidden = !next && !(state.certified && course.pages.certificate);
      if (!next && state.certified && course.pages.certificate) {
        start.href = player.book.to(course.pages.certificate);
        start.textContent = text('player.cover.certificate');
      } else if (next) {
        start.href = player.book.to(next.module.href +
          (next.known ? '#quiz-' + next.module.quiz.id : ''));
        start.textContent = text(begun ? 'player.cover.continue' : 'player.cover.start',
          { label: next.module.label });
      }
    }

    function show() {
      const state = player.course.stateOf(course, store, new Date().toISOString());
      const role = state.track ? state.track.role : '';
      const picking = choosing || !role;
      for (const one of buttons) one.setAttribute('aria-pressed', String(one.dataset.imlRole === role));
      roles.hidden = !picking;
      head.textContent = picking ? asked : text('player.cover.track');
      lead.hidden = !picking;
      propose();
      // Where all is done, nothing is left to check.
      const all = state.track || state;
      if (check) check.hidden = all.complete > 0 && all.complete === all.modules.length;
      for (const track of tracks) {
        const chosen = !picking && track.dataset.imlTrack === role;
        track.classList.toggle('iml-chosen', chosen);
        if (chosen) fill(track, state.track);
      }
    }

    show();
    store.listen(player.dom.later(show));
  }

  player.dom.onPage(function (options) {
    const place = document.querySelector('[data-iml-cover]');
    if (!place || !globalThis.imlCourse) return;
    const store = player.store.open(options);
    store.load().then(() => cover(place, globalThis.imlCourse, store));
  });
}(globalThis.imlPlayer));
