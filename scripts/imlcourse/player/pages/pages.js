// needs: core/dom core/texts record/store pages/course pages/next pages/way
// later: pages/who
// texts: player.me.due.some player.me.indicator player.me.indicator.track player.me.role player.me.role.none
//   player.thing.minutes player.who.change player.who.nobody
/* What every page of the book does with the record: it shows how far the learner is and who is
   learning, and lets the learner choose a role. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text } = player.texts;

  /** Gives the address of a page of the book from this one. */
  function to(href) {
    return (document.documentElement.dataset.content_root || '') + href;
  }

  /** Beside the link to the learner's page: how many modules are done. */
  function indicate(course, store) {
    const link = document.querySelector('.iml-me');
    if (!link) return;
    const count = make('span', 'iml-me-count');
    link.append(' ', count);

    function show() {
      const now = new Date().toISOString();
      const state = player.course.stateOf(course, store, now);
      const { track } = state; // the whole course stands on My progress
      const of = track && !track.left ? track : state;
      const total = of.modules.length;
      const due = state.due.count > 0;
      count.textContent = text(track && track.certified ? 'player.me.indicator.track'
        : 'player.me.indicator', { done: of.complete, total });
      count.style.setProperty('--iml-share', (total ? 100 * of.complete / total : 0) + '%');
      link.classList.toggle('iml-me-due', due);
      link.title = due ? text('player.me.due.some') : '';
    }

    show();
    store.listen(player.dom.later(show));
  }

  /** Asks who is learning; asking: it was not said yet. */
  function askWho(store, asking) {
    return player.dom.load(store.files + 'who.js').then(function (there) {
      if (there) player.who.open(store, asking);
    });
  }

  /** At the top of each page: who is learning, where somebody has a name or several learn here. */
  function learner(store) {
    const place = document.querySelector('.iml-me');
    if (!place || store.hosted) return; // a platform knows who is learning
    const name = make('span', 'iml-who-name');
    const initial = make('span', 'iml-who-initial');
    const who = player.dom.button('iml-who', name, () => askWho(store, false));
    who.append(initial);
    initial.setAttribute('aria-hidden', 'true');
    who.setAttribute('aria-haspopup', 'dialog');
    place.before(who);

    function show() {
      const mine = (store.get('me') || {}).name || '';
      name.textContent = mine || text('player.who.nobody');
      initial.textContent = (Array.from(mine)[0] || '?').toUpperCase();
      who.title = text('player.who.change');
      who.hidden = !mine && store.learners.length < 2;
    }

    show();
    store.listen(show);
    if (store.learners.length > 1 && !store.known) askWho(store, true);
  }

  /**
   * Gives a button that leads to the next thing; null where nothing is left, or outside the book.
   * @param {Store} store
   * @param {boolean} [onward]  behind a success: what leads on, and not what comes back
   */
  function nextButton(store, onward) {
    const course = globalThis.imlCourse;
    if (!course) return null;
    const state = player.course.stateOf(course, store, new Date().toISOString());
    const next = player.next.nextThing(course, state, onward);
    return next ? thingButton(next) : null;
  }

  /** Gives a link to a thing that is to be done, as a button, with the minutes that it takes. */
  function thingButton({ title, href, minutes }) {
    const words = minutes ? text('player.thing.minutes', { title, minutes }) : title;
    const link = make('a', 'iml-button iml-check iml-next', words);
    link.href = to(href);
    return link;
  }

  /** A list of the roles to choose from. */
  function roleChooser(course, store, id) {
    const select = make('select', 'iml-select');
    const none = make('option', '', text('player.me.role.none'));
    none.value = '';
    select.id = id;
    select.autocomplete = 'off';
    select.append(none, ...Object.entries(course.roles).map(function ([role, { name }]) {
      const option = make('option', '', name);
      option.value = role;
      return option;
    }));
    const show = () => {
      const role = (store.get('me') || {}).role || '';
      if (select.value !== role) select.value = course.roles[role] ? role : '';
    };
    select.addEventListener('change', () => player.store.setMe(store, { role: select.value }));
    show();
    store.listen(show);
    const label = make('label', '', text('player.me.role'));
    label.htmlFor = id;
    return make('p', 'iml-role', label, ' ', select);
  }

  /**
   * Makes the pages of the book know the learner.
   * @param {object} course   what course.js of the book holds
   * @param {object} store    the learner's store
   */
  function pages(course, store) {
    store.load().then(function () {
      learner(store);
      indicate(course, store);
      player.way.follow(course, store);
    });
  }

  player.book = { to, roleChooser, nextButton, thingButton, askWho };
  player.dom.onPage(function (options) {
    if (globalThis.imlCourse) pages(globalThis.imlCourse, player.store.open(options));
  });
}(globalThis.imlPlayer));
