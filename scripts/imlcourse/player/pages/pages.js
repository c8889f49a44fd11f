// needs: core/dom core/texts record/record record/store pages/course pages/next
// texts: player.me.done player.me.due.some player.me.indicator player.me.minutes player.me.next
//   player.me.read player.me.role player.me.role.none player.me.way player.thing.minutes
/* What every page of the book does with the record: it shows how far the learner is, notices
   which sections were read, and lets the learner say so and choose a role. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text } = player.texts;
  const SEEN = 2000; // how long the end of a section has to be on the screen to count as read

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
      const total = state.modules.length;
      const due = store.keys('item/').some((key) => player.record.isDue(store.get(key), now));
      count.textContent = text('player.me.indicator', { done: state.complete, total });
      count.style.setProperty('--iml-share', (total ? 100 * state.complete / total : 0) + '%');
      link.classList.toggle('iml-me-due', due);
      link.title = due ? text('player.me.due.some') : '';
    }

    show();
    store.listen(player.dom.later(show));
  }

  /** On the page of a module: which sections were read, and whether the module is done. */
  function reading(course, store) {
    const module = course.modules.find(({ id }) => id === document.body.dataset.imlModule);
    const place = document.querySelector('[data-iml-read]');
    if (!module) return;
    const key = 'read/' + module.id;

    function note(changes) {
      // What is not named here, the store takes over from the entry that is there.
      return store.put(key, Object.assign({ v: player.record.FORMAT, sections: {} }, changes,
        player.record.stamp()));
    }

    if (place) {
      const box = make('input', '');
      box.type = 'checkbox';
      box.autocomplete = 'off';
      place.replaceChildren(make('label', '', box, ' ', make('span', '', text('player.me.read'))));
      place.hidden = false;
      box.addEventListener('change', () => note({
        done: box.checked ? new Date().toISOString() : '',
      }));
      const show = () => { box.checked = player.course.moduleState(module, store).isRead; };
      show();
      store.listen(player.dom.later(show));
    }

    const timers = new Map();
    /** @type {any} where the browser has none, nothing is noticed */
    const watcher = 'IntersectionObserver' in globalThis && new IntersectionObserver((seen) => {
      for (const { target: end, isIntersecting } of seen) {
        /** @type {any} */
        const target = end;
        clearTimeout(timers.get(target));
        if (!isIntersecting) continue;
        timers.set(target, setTimeout(function () {
          if (document.hidden) return;
          const entry = store.get(key);
          const id = target.dataset.imlEnd;
          watcher.unobserve(target);
          if (entry && entry.sections[id]) return;
          note({ sections: { [id]: new Date().toISOString() } });
        }, SEEN));
      }
    });
    for (const { id } of watcher ? module.sections : []) {
      const label = document.getElementById(id);
      const section = label && label.closest('section');
      if (!section) continue;
      const end = make('span', 'iml-end');
      end.dataset.imlEnd = id;
      section.append(end);
      watcher.observe(end);
    }
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

  /** At the end of a module: the next one on the way of the learner's role, if it is another. */
  function nextOnTheWay(course, store) {
    const turn = document.querySelector('.iml-turn');
    const { imlModule: here } = document.body.dataset;
    if (!turn || !here) return;
    const forRole = make('span', '');
    const title = make('span', '');
    const link = make('a', 'iml-next-of-role', forRole, title);
    turn.append(link);

    function show() {
      const { role } = store.get('me') || {};
      const way = course.roles[role] ? course.roles[role].modules : [];
      const next = course.modules.find(({ id }) => id === way[way.indexOf(here) + 1]);
      const usual = turn.querySelector('[rel="next"]');
      link.hidden = !way.includes(here) || !next || Boolean(usual && usual.href.endsWith(next.href));
      if (link.hidden) return;
      link.href = to(next.href);
      forRole.textContent = text('player.me.next', { role: course.roles[role].name });
      title.textContent = ' ' + next.title;
    }

    show();
    store.listen((key) => { if (key === 'me' || key === null) show(); });
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

  /** On the cover: a role, and the modules in its order. */
  function cover(course, store) {
    const place = document.querySelector('[data-iml-cover]');
    if (!place || !Object.keys(course.roles).length) return;
    const way = make('div', 'iml-way-of-role');
    place.append(roleChooser(course, store, 'iml-role'), way);
    place.hidden = false;
    let shown = null;

    function show() {
      const { role } = store.get('me') || {};
      if (role === shown) return;
      shown = role;
      if (!course.roles[role]) {
        way.replaceChildren();
        return;
      }
      const { modules } = player.course.stateOf(course, store, new Date().toISOString());
      way.replaceChildren(make('p', '', text('player.me.way', { role: course.roles[role].name })),
        make('ol', 'iml-way', ...modules.map(function ({ module, complete, minutes }) {
          const link = make('a', '', module.title);
          link.href = to(module.href);
          return make('li', '', link, ' ', make('span', 'iml-minutes', complete
            ? text('player.me.done') : text('player.me.minutes', { minutes })));
        })));
    }

    show();
    store.listen(show);
  }

  /**
   * Makes the pages of the book know the learner.
   * @param {object} course   what course.js of the book holds
   * @param {object} store    the learner's store
   */
  function pages(course, store) {
    store.load().then(function () {
      indicate(course, store);
      reading(course, store);
      nextOnTheWay(course, store);
      cover(course, store);
    });
  }

  player.book = { to, roleChooser, nextButton, thingButton };
  player.dom.onPage(function (options) {
    if (globalThis.imlCourse) pages(globalThis.imlCourse, player.store.open(options));
  });
}(globalThis.imlPlayer));
