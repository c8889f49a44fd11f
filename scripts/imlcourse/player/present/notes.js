// needs: core/dom core/texts pages/pages
// texts: player.locale player.present.* player.present.from player.present.notes.alone
//   player.present.notes.at player.present.notes.black player.present.notes.end
//   player.present.notes.key player.present.notes.left player.present.notes.next
//   player.present.notes.none player.present.notes.nothing player.present.notes.now
//   player.present.notes.title
/* On the page of a session plan: the button that presents in its order; the plan itself, for the page
   that asks for it through a frame; and the notes, in the window that this page then is. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;
  const TO = location.protocol === 'file:' ? '*' : location.origin;
  const HEARTBEAT = 1000; // milliseconds
  const PATIENCE = 3; // heartbeats without an answer
  const KEYS = ['PageDown', 'PageUp', 'ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', ' ', 'Enter', 'Backspace',
    'Home', 'End', 'F5', 'a', 'b', '.', 'n', 'p', 't', 'v', '+'];

  /** Gives a part of the plan as it is read: without the marks of its heading. */
  function copy(node) {
    const made = node.cloneNode(true);
    for (const one of made.querySelectorAll('.headerlink')) one.remove();
    // What is opened from here does not take the place of the notes.
    for (const one of made.querySelectorAll('a')) one.target = '_blank';
    for (const one of [made, ...made.querySelectorAll('[id]')]) one.removeAttribute('id');
    return made;
  }

  function notes(article) {
    const { opener } = window;
    document.documentElement.dataset.imlNotes = '';
    const style = make('link');
    style.rel = 'stylesheet';
    style.href = player.book.to('_static/present.css');
    document.head.append(style);
    const activities = Array.from(article.querySelectorAll('[data-iml-activity]'), (line) => line.parentElement);
    let shown = '';
    let silent = 0;

    const time = make('p', 'iml-n-clock');
    const timer = make('p', 'iml-n-timer');
    const place = make('p', 'iml-n-place');
    const title = make('h1', 'iml-n-title');
    const key = make('p', 'iml-n-key');
    const next = make('p', 'iml-n-next');
    const said = make('p', 'iml-n-said');
    const main = make('main', 'iml-n-main');
    said.setAttribute('role', 'status');
    const send = (name, shift) => opener && opener.postMessage({ imlNotes: 'key', key: name, shift }, TO);
    const buttons = [['back', 'PageUp'], ['next', 'PageDown'], ['black', 'b'], ['timer', 't']].map(([name, press]) =>
      button('iml-p-button', text('player.present.' + name), () => send(press, false)));
    const root = make('div', 'iml-notes', make('header', 'iml-n-head', make('div', '', place, title, key, next),
      make('div', 'iml-n-times', time, timer)), make('div', 'iml-p-buttons', ...buttons), said, main);
    document.body.append(root);
    for (const one of document.body.children) {
      if (one !== root) /** @type {any} */ (one).inert = true;
    }
    document.title = text('player.present.notes.title');

    function tick() {
      time.textContent = new Date().toLocaleTimeString(text('player.locale'), { hour: '2-digit', minute: '2-digit' });
    }

    /** Shows what to say and to ask at a screen: first what belongs to it, then the rest of its activity. */
    function show(state) {
      said.textContent = state.black ? text('player.present.notes.black') : '';
      place.textContent = text('player.present.notes.at', state);
      title.textContent = state.title;
      key.textContent = state.key ? text('player.present.notes.key', { key: state.key }) : '';
      next.textContent = state.next ? text('player.present.notes.next', { title: state.next })
        : text('player.present.notes.end');
      timer.textContent = state.timer ? state.timer.left : '';
      timer.classList.toggle('iml-n-runs', Boolean(state.timer && state.timer.runs));
      timer.classList.toggle('iml-n-over', Boolean(state.timer && state.timer.over));
      const wanted = state.activity + '/' + state.part;
      if (wanted === shown) return;
      shown = wanted;
      const section = activities[state.activity - 1];
      if (!section) {
        main.replaceChildren(make('p', '', text('player.present.notes.none')));
        return;
      }
      const all = Array.from(section.children);
      const parts = all.filter((one) => one.matches('.iml-plan-slide, .iml-plan-ask'));
      const here = parts[state.part];
      const from = all.indexOf(here);
      // A slide has what is said and asked below it, up to the next one; a question has itself.
      const until = all.findIndex((one, at) => at > from && one.matches('.iml-plan-slide'));
      const own = !here ? [] : here.matches('.iml-plan-ask') ? [here]
        : all.slice(from, until < 0 ? undefined : until).filter((one) => one.matches('.iml-plan-part'));
      const first = parts.find((one) => one.matches('.iml-plan-slide'));
      // What is said before the first slide belongs to the first.
      if (here && here === first) own.unshift(...all.slice(0, from).filter((one) => one.matches('.iml-plan-part')));
      const now = own.filter((one) => !one.matches('.iml-plan-slide'));
      const rest = all.filter((one) => !now.includes(one) && !one.matches('.iml-plan-slide, h3, [data-iml-activity]'));
      main.replaceChildren(
        make('section', 'iml-n-now iml-text', make('h2', '', text('player.present.notes.now')),
          ...now.length ? now.map(copy) : [make('p', '', text('player.present.notes.nothing'))]),
        make('section', 'iml-n-rest iml-text', make('h2', '', ...copy(section.querySelector('h3')).childNodes),
          copy(section.querySelector('[data-iml-activity]')), ...rest.map(copy)));
      main.scrollTop = 0;
    }

    addEventListener('message', function (event) {
      if (!opener || event.source !== opener || !event.data || !('imlPresent' in event.data)) return;
      silent = 0;
      if (event.data.imlPresent) show(event.data.imlPresent);
      else said.textContent = text('player.present.notes.left');
    });
    addEventListener('keydown', function (event) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const on = event.target instanceof Element ? event.target : root;
      const digit = /^Digit[1-9]$/.test(event.code);
      if (!digit && !KEYS.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key)) return;
      if (on.matches('button') && (event.key === ' ' || event.key === 'Enter')) return;
      // The notes are read with the arrows up and down, where they are longer than the window.
      if (main.contains(on) && /^Arrow(Up|Down)$/.test(event.key)) return;
      event.preventDefault();
      send(digit ? event.code.slice(5) : event.key, event.shiftKey);
    });
    main.tabIndex = 0;
    tick();
    setInterval(tick, HEARTBEAT);
    if (!opener) {
      said.textContent = text('player.present.notes.alone');
      return;
    }
    /** The first window may be loaded again, and has to find this one; or it may be gone. */
    function here() {
      silent += 1;
      if (silent > PATIENCE) said.textContent = text('player.present.notes.left');
      opener.postMessage({ imlNotes: 'here' }, TO);
    }

    here();
    setInterval(here, HEARTBEAT);
  }

  player.dom.onPage(function () {
    const place = document.querySelector('[data-iml-present]');
    const article = document.querySelector('.iml-text');
    if (!place || !article) return;
    if (location.hash === '#iml-plan' && parent !== window) parent.postMessage({ imlPlan: article.innerHTML }, TO);
    else if (location.hash === '#iml-notes') notes(article);
    else {
      const module = globalThis.imlCourse.modules.find(({ id }) => id === place.dataset.imlPresent);
      if (!module) return;
      place.append(button('iml-present-start', text('player.present.from'), function () {
        // Who comes back from there finds the place that was left.
        history.replaceState(Object.assign({}, history.state, { imlTop: scrollY }), '');
        location.assign(player.book.to(module.href) + '#present=plan');
      }));
      const { imlTop } = history.state || {};
      if (imlTop !== undefined && !location.hash) requestAnimationFrame(() => scrollTo({ top: imlTop, behavior: 'instant' }));
    }
  });
}(globalThis.imlPlayer));
