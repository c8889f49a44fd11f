// needs: core/dom core/texts record/store pages/award pages/course pages/name pages/pages
// texts: player.cert.can player.cert.check player.cert.code player.cert.count player.cert.final
//   player.cert.has.full player.cert.has.track player.cert.head.full player.cert.head.track
//   player.cert.honest player.cert.hours player.cert.left.final player.cert.left.full
//   player.cert.left.track player.cert.more player.cert.name player.cert.none
//   player.cert.number player.cert.paper player.cert.place player.cert.print player.cert.role
//   player.cert.role.why player.cert.says player.cert.trainer player.cert.version
//   player.cert.version.of player.cert.which player.cert.which.full player.cert.which.track
//   player.me.test.final player.slice.cert.full player.slice.cert.none player.slice.cert.track
/* The certificates, for the learner to print: one sheet each. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;
  const HOUR = 60;
  const LINES = 24; // what a learner can do: as many lines as leave room for all else on the sheet

  function link(words, href) {
    const made = make('a', '', words);
    made.href = player.book.to(href);
    return made;
  }

  /** Says what is left to do for each certificate. */
  function wanting(course, store, state) {
    /** @type {Node[]} */
    const nodes = [make('p', '', text(course.slice ? 'player.slice.cert.none' : 'player.cert.none'))];
    const { track } = state;
    if (track && track.left) {
      const total = track.modules.length;
      nodes.push(make('p', '', text('player.slice.cert.track', {
        name: track.name, done: track.complete, total, all: total + track.left,
      })));
    } else if (track) {
      nodes.push(make('p', '', text('player.cert.left.track', {
        name: track.name, done: track.complete, total: track.modules.length,
      })), make('ul', '', ...track.modules.filter((one) => !one.complete).map(({ module }) =>
        make('li', '', make('span', 'iml-number', module.label), ' ', link(module.title, module.href)))));
    } else if (Object.keys(course.tracks || {}).length) {
      nodes.push(make('p', '', text('player.cert.role.why'), ' ',
        link(text('player.cert.role'), 'index.html')));
    }
    nodes.push(...wantingOfAll(course, state));
    const on = player.book.nextButton(store, true);
    if (on) nodes.push(make('div', 'iml-actions', on));
    return nodes;
  }

  /** Says what is left to do for the certificate of the whole course. */
  function wantingOfAll(course, state) {
    if (course.slice) return [make('p', '', text('player.slice.cert.full'))];
    const total = state.modules.length;
    const done = state.complete === total;
    const line = make('p', '', text(done ? 'player.cert.left.final' : 'player.cert.left.full', {
      done: state.complete, total,
    }));
    if (course.pages.final) line.append(' ', link(text('player.me.test.final'), course.pages.final));
    return [line];
  }

  /** Gives something that was drawn for the certificate, anew. */
  function art(name) {
    return document.querySelector('.iml-cert-art .iml-cert-' + name).cloneNode(true);
  }

  /**
   * Gives what the holder can do: for a track all that was passed, for the whole course the best of
   * each module.
   */
  function skills(award) {
    const each = award.modules.map((one) => one.skills);
    const all = each.flat();
    const room = Math.max(1, Math.floor(LINES / Math.max(1, each.length)));
    const shown = all.length <= LINES ? all : each.flatMap((some) => some.slice(0, room));
    if (!shown.length) return [];
    const nodes = [make('p', 'iml-cert-can', text('player.cert.can')),
      make('ul', 'iml-cert-skills', ...shown.map((words) => make('li', '', words)))];
    if (shown.length < all.length) {
      nodes.push(make('p', 'iml-cert-more', text('player.cert.more', { count: all.length })));
    }
    return nodes;
  }

  /** Draws a certificate, but for the name. */
  function sheet(course, award, shown) {
    const full = award.kind === 'full';
    const facts = [
      text('player.cert.count', { count: award.modules.length }),
      ...(full ? [text('player.cert.final', { percent: award.percent })] : []),
      text('player.cert.hours', {
        hours: Math.floor(award.minutes / HOUR), minutes: award.minutes % HOUR,
      }),
    ];
    const proof = [
      ['player.cert.number', String(award.number).padStart(5, '0')],
      ['player.cert.code', player.award.grouped(award.code)],
      ['player.cert.version', text('player.cert.version.of',
        { version: award.version, date: course.date })],
    ];
    return make('section', 'iml-cert iml-cert-' + award.kind,
      ...['1', '2', '3', '4'].map(function (corner) {
        const drawn = art('corner');
        drawn.dataset.corner = corner;
        return drawn;
      }), art('waves'), make('div', 'iml-cert-top', art('emblem'),
        make('p', 'iml-cert-course', course.title), make('p', 'iml-cert-sub', course.subtitle)),
      make('h2', 'iml-cert-head', text(full ? 'player.cert.head.full' : 'player.cert.head.track')),
      make('p', 'iml-cert-says', text('player.cert.says')), shown,
      make('p', 'iml-cert-says', text(full ? 'player.cert.has.full' : 'player.cert.has.track')),
      make('p', 'iml-cert-title', full ? course.title : award.name),
      make('p', 'iml-cert-facts', ...facts.map((words) => make('span', '', words))),
      make('p', 'iml-cert-day', player.texts.day(award.date + 'T12:00:00')),
      make('div', 'iml-cert-shown', ...skills(award)),
      make('div', 'iml-cert-lines', ...['player.cert.place', 'player.cert.trainer'].map((key) =>
        make('span', '', text(key)))),
      make('div', 'iml-cert-foot', make('dl', 'iml-cert-proof', ...proof.map(([key, words]) =>
        make('div', '', make('dt', '', text(key)), make('dd', '', words)))),
      make('p', 'iml-cert-small', text('player.cert.check')),
      make('p', 'iml-cert-small', text('player.cert.honest'), ' ', course.own)));
  }

  /**
   * Makes the page.
   * @param {HTMLElement} place  an element for it
   * @param {Course} course      what course.js of the book holds
   * @param {Store} store        the learner's store
   */
  function certificate(place, course, store) {
    const state = player.course.stateOf(course, store, new Date().toISOString());
    const awards = player.award.awardsOf(course, store, state);
    if (!awards.length) {
      place.replaceChildren(...wanting(course, store, state));
      return;
    }
    const shown = make('p', 'iml-cert-name');
    const stage = make('div', 'iml-cert-stage');
    const [label, field] = player.name.nameField(store,
      { id: 'iml-cert-name', label: text('player.cert.name'), autocomplete: 'name' },
      function (name) {
        shown.textContent = name || '\u00a0';
        // A long name is set smaller, and goes on in the next line; none is cut.
        shown.style.setProperty('--iml-letters', String(Math.max(24, Array.from(shown.textContent).length)));
      });
    const form = make('div', 'iml-cert-form', make('p', '', label, ' ', field));

    function show(award) {
      stage.replaceChildren(sheet(course, award, shown));
    }

    if (awards.length > 1) {
      const choice = make('select', 'iml-select', ...awards.map(function (award, at) {
        const option = make('option', '', award.kind === 'full' ? text('player.cert.which.full')
          : text('player.cert.which.track', { name: award.name }));
        option.value = String(at);
        return option;
      }));
      const which = make('label', '', text('player.cert.which'));
      choice.id = which.htmlFor = 'iml-cert-which';
      choice.autocomplete = 'off';
      choice.addEventListener('change', () => show(awards[Number(choice.value)]));
      form.prepend(make('p', 'iml-role', which, ' ', choice));
    }
    form.append(make('p', '', button('iml-button iml-check', text('player.cert.print'), () => print())),
      make('p', '', text('player.cert.paper')));
    if (!state.certified) form.append(...wantingOfAll(course, state));
    place.replaceChildren(form, stage);
    show(awards[0]);
  }

  player.dom.onPage(function (options) {
    const place = document.querySelector('[data-iml-page="certificate"]');
    if (!place || !globalThis.imlCourse) return;
    const store = player.store.open(options);
    store.load().then(() => certificate(place, globalThis.imlCourse, store));
  });
}(globalThis.imlPlayer));
