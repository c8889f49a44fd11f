// needs: core/dom core/texts present/fit present/screens present/speaking present/timer present/vote
// texts: player.present.* player.present.answer player.present.at player.present.black.end
//   player.present.choose player.present.close player.present.help.* player.present.keys
//   player.present.kind.* player.present.label player.present.letters player.present.next.answer
//   player.present.question player.present.screens
/* The view for a projector. It lies over the page, which stays as it is: what was answered in it,
   where it was, and how it prints. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;
  // Where a plan names no time.
  const MINUTES = 5;
  /** @type {{id: string, stage: number} | null} */
  let left = null; // where it was left last, on this page

  const keyOf = { PageDown: 'next', ArrowDown: 'next', ' ': 'next', Enter: 'next', n: 'next',
    PageUp: 'back', ArrowUp: 'back', Backspace: 'back', p: 'back', Home: 'first', End: 'last',
    a: 'answer', v: 'vote', t: 'timer', '+': 'more', s: 'notes', o: 'screens', b: 'black', '.': 'black',
    f: 'full', F5: 'full', Escape: 'escape' };
  // What the help names, in this order: the keys and what they do.
  const HELP = [['→ ↓ Page Down', 'next'], ['← ↑ Page Up', 'back'], ['A', 'answer'], ['V', 'vote'],
    ['1 2 3', 'count'], ['T', 'timer'], ['+', 'more'], ['S', 'notes'], ['O', 'screens'], ['B .', 'black'],
    ['F', 'full'], ['Esc', 'leave']];

  /**
   * Begins to present the page.
   * @param {string | null} address  how the address of the page names where to begin: "plan", or
   *                                 "plan.a3-1" after the page was loaded again; null for the button
   */
  async function open(address) {
    const article = /** @type {HTMLElement} */ (document.querySelector('.iml-text'));
    if (document.querySelector('.iml-present')) return;
    const planned = Boolean(address && /^plan(\.|$)/.test(address));
    const wanted = (address || '').replace(/^plan(\.|$)/, '');
    const from = document.activeElement;
    const top = scrollY;
    const hash = address === null ? location.hash : '';
    // Who came from the page of the plan goes back to it; so does who loads this page again.
    const came = Boolean(planned && (!wanted || (history.state && history.state.imlCame)));
    const planAddress = document.body.dataset.imlPlan || '';
    const root = make('div', 'iml-present');
    root.setAttribute('role', 'region');
    root.setAttribute('aria-label', text('player.present.label'));
    const stage = make('div', 'iml-p-stage');
    stage.tabIndex = -1;
    root.append(stage);
    document.body.append(root);
    document.documentElement.dataset.imlPresenting = '';
    const others = Array.from(document.body.children, (one) => /** @type {HTMLElement} */ (one))
      .filter((one) => one !== root && !one.inert);
    for (const one of others) one.inert = true;
    // A browser lets only a hand that has just pressed a button fill the screen.
    if (address === null) full(true);

    const page = await player.speaking.planPage(planAddress);
    const plan = page ? player.screens.planOf(page) : [];
    const byPlan = planned && plan.length > 0;
    const screens = player.screens.screensOf(article, plan, byPlan);
    const votes = player.votes();
    const came_from = new Map(); // by which screen each was reached
    let at = begin();
    let step = 0;
    let part = 0;
    let parts = 1;
    let voting = false;
    /** @type {((letter: string, by: number) => void) | undefined} */
    let count;

    // --- the bar ------------------------------------------------------------------------------

    const where = make('p', 'iml-p-where');
    const place = make('b', '');
    const group = make('span', '');
    where.append(place, ' ', group);
    const along = make('span', 'iml-p-along');
    const said = make('p', 'iml-p-said-here');
    said.setAttribute('role', 'status');
    const told = make('p', 'iml-p-told');
    told.setAttribute('role', 'status');
    const actions = ['back', 'next', 'answer', 'vote', 'timer', 'notes', 'screens', 'black', 'full', 'leave'];
    const buttons = Object.fromEntries(actions.map((name) => [name,
      button('iml-p-button', text('player.present.' + name), () => act(name))]));
    const timer = player.timer(() => notes.tell());
    const notes = player.speaking.speaking(planAddress, state, pressed);
    const bar = make('div', 'iml-p-bar-of', along, where, timer.element,
      make('div', 'iml-p-buttons', ...actions.map((name) => buttons[name])));
    const black = button('iml-p-black', make('span', '', text('player.present.black.end')), () => act('black'));
    const list = overview();
    black.hidden = true;
    buttons.notes.hidden = !plan.length;
    root.append(told, said, bar, list.element, black);

    // --- where one is -------------------------------------------------------------------------

    /** The screen to begin with: the one named, the one left last, or that of the step that is read. */
    function begin() {
      const named = screens.findIndex((one) => one.id === (wanted || (left && address === null ? left.id : '')));
      if (named >= 0) return named;
      if (byPlan) return 0;
      const shown = screens.findIndex((one) => one.at && one.at.matches('section') && !one.at.hidden &&
        one.at.getClientRects().length > 0);
      const { imlStep, imlSteps } = document.documentElement.dataset;
      return imlSteps === 'one' && imlStep !== 'first' && shown > 0 ? shown : 0;
    }

    const now = () => screens[at];
    const stageNow = () => now().stages[step];

    /** Shows where one is. */
    function show(last) {
      draw(last ? -1 : part);
      const screen = now();
      group.textContent = screen.group || '';
      place.textContent = text('player.present.at', { number: at + 1, count: screens.length });
      along.style.setProperty('--iml-share', 100 * (at + 1) / screens.length + '%');
      said.textContent = place.textContent + ': ' + screen.title;
      told.textContent = '';
      const answered = screen.stages.findIndex((one) => one.kind === 'answer');
      buttons.answer.hidden = answered < 0;
      buttons.answer.textContent = text(step >= answered && answered >= 0 ? 'player.present.question'
        : 'player.present.answer');
      buttons.vote.hidden = !stageNow().vote || stageNow().kind !== 'asked';
      buttons.vote.setAttribute('aria-pressed', String(voting));
      buttons.back.disabled = !at && !step && !part;
      buttons.next.disabled = at === screens.length - 1 && step === screen.stages.length - 1 && part === parts - 1;
      history.replaceState(Object.assign({}, history.state, came ? { imlCame: true } : {}), '',
        '#present=' + (byPlan ? 'plan.' : '') + screen.id);
      notes.tell();
    }

    /** Draws the stage, with its votes, in the largest letters that fit. */
    function draw(wantedPart) {
      const one = stageNow();
      stage.dataset.kind = one.kind;
      stage.scrollTop = 0;
      count = undefined;
      const whole = Object.create(one, { draw: { value: function (blocks) {
        const drawn = one.draw(blocks);
        if (one.vote) count = votes.into(drawn, one, voting && one.kind === 'asked', () => show());
        if (one.choose) choosable(drawn);
        return drawn;
      } } });
      ({ page: part, pages: parts } = player.fit.show(stage, whole, wantedPart));
    }

    /** Lets the letters of a step of a case be chosen. */
    function choosable(drawn) {
      for (const row of drawn.querySelectorAll('.iml-p-option')) {
        const { letter } = row.dataset;
        const pick = button('iml-p-letter', letter, () => choose(letter));
        pick.setAttribute('aria-label', text('player.present.choose', { letter }));
        row.querySelector('.iml-p-letter').replaceWith(pick);
      }
    }

    function choose(letter) {
      now().chosen = letter;
      step += 1;
      part = 0;
      show();
      stage.focus({ preventScroll: true });
    }

    /** Goes to a screen. */
    function visit(index, stageOf = 0, last = false) {
      at = Math.max(0, Math.min(screens.length - 1, index));
      step = stageOf < 0 ? now().stages.length - 1 : stageOf;
      part = 0;
      voting = false;
      timer.follow(minutesNow(), String(now().activity));
      show(last);
    }

    /** Gives which screen comes after this one: of a case, the step to which the choice leads. */
    function onwards() {
      const { leads } = now();
      return leads ? screens.findIndex((one) => one.id === leads()) : at + 1;
    }

    function next() {
      if (scrolled(1)) return;
      if (part < parts - 1) part += 1;
      else if (step < now().stages.length - 1) {
        // Who goes on without a choice looks at all of them.
        if (stageNow().choose) now().chosen = '';
        step += 1;
        part = 0;
      } else if (at < screens.length - 1) {
        const target = onwards();
        came_from.set(target, at);
        visit(target);
        return;
      } else return;
      show();
    }

    function back() {
      if (scrolled(-1)) return;
      if (part) part -= 1;
      else if (step) {
        step -= 1;
        show(true);
        return;
      } else if (at) {
        const before = came_from.get(at);
        visit(before === undefined ? at - 1 : before, -1, true);
        return;
      } else return;
      show();
    }

    /** Scrolls what is too long even so; says whether there was anything to scroll. */
    function scrolled(way) {
      if (!stage.classList.contains('iml-p-scrolled')) return false;
      const before = stage.scrollTop;
      stage.scrollTop += way * stage.clientHeight * 0.8;
      return stage.scrollTop !== before;
    }

    // --- what buttons and keys do ---------------------------------------------------------------

    function act(name) {
      if (!black.hidden && name !== 'black') {
        black.hidden = true;
        stage.focus({ preventScroll: true });
        notes.tell();
        return;
      }
      const does = {
        next, back,
        first: () => visit(0),
        last: () => visit(screens.length - 1),
        answer: function () {
          const answered = now().stages.findIndex((one) => one.kind === 'answer');
          if (answered < 0) return;
          const asked = now().stages.findIndex((one) => one.kind === 'asked');
          step = step >= answered ? asked : answered;
          part = 0;
          show();
        },
        vote: function () {
          if (!stageNow().vote || stageNow().kind !== 'asked') return;
          voting = !voting;
          show();
          // The keys 1 2 3 count up. In a field they would be typed, so nobody is put into one.
          stage.focus({ preventScroll: true });
        },
        timer: function () {
          const open = !timer.element.hidden;
          if (open) timer.toggle();
          else {
            timer.open(minutesNow(), String(now().activity));
            show();
          }
        },
        more: () => (timer.element.hidden ? act('timer') : timer.add(1)),
        notes: function () { told.textContent = plan.length ? notes.open() : ''; },
        screens: () => list.turn(list.element.hidden),
        black: function () {
          black.hidden = !black.hidden;
          (black.hidden ? stage : black).focus({ preventScroll: true });
          notes.tell();
        },
        full: () => full(!document.fullscreenElement),
        leave,
        escape: function () {
          if (!list.element.hidden) list.turn(false);
          else if (document.fullscreenElement) full(false);
          else leave();
        },
      };
      if (does[name]) does[name]();
    }

    /** Gives the minutes of the activity to which this screen belongs. */
    function minutesNow() {
      const { minutes, activity } = now();
      return minutes || (plan.find((one) => one.number === activity) || { minutes: 0 }).minutes || MINUTES;
    }

    function pressed(key, shift) {
      const rtl = getComputedStyle(root).direction === 'rtl';
      const name = key === 'ArrowRight' ? (rtl ? 'back' : 'next') : key === 'ArrowLeft' ? (rtl ? 'next' : 'back')
        : keyOf[key.length === 1 ? key.toLowerCase() : key];
      const digit = /^[1-9]$/.test(key) ? text('player.present.letters')[Number(key) - 1] : '';
      const option = digit && (stageNow().options || []).some((one) => one.letter === digit);
      if (option && voting && count) count(digit, shift ? -1 : 1);
      else if (option && stageNow().choose && !voting) choose(digit);
      else if (name) act(name);
      else return false;
      return true;
    }

    function keydown(/** @type {KeyboardEvent} */ event) {
      const { target } = event;
      const { key } = event;
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const on = target instanceof Element ? target : root;
      // In a field, what is typed is typed; a remote leads on from there too.
      if (on.matches('input') && !/^(Page|Escape|F5$|[a-z.]$)/i.test(key)) return;
      // A button that has the focus is pressed.
      if (on.matches('button, summary') && (key === ' ' || key === 'Enter') && on !== black) return;
      if (!list.element.hidden) {
        if (!list.keydown(key)) return;
      } else if (!pressed(/^Digit[1-9]$/.test(event.code) && event.shiftKey ? event.code.slice(5) : key,
        event.shiftKey)) return;
      event.preventDefault();
      event.stopPropagation();
    }

    // --- all screens ----------------------------------------------------------------------------

    function overview() {
      const element = make('div', 'iml-p-list');
      element.hidden = true;
      element.setAttribute('role', 'dialog');
      element.setAttribute('aria-label', text('player.present.screens'));
      const lines = [];
      let column = make('ol', '');
      let named = '';
      const columns = make('div', 'iml-p-columns-of');
      screens.forEach(function (one, number) {
        if (!columns.childElementCount || one.group !== named) {
          named = one.group || '';
          column = make('ol', '');
          columns.append(make('section', '', make('h2', '', named), column));
        }
        const line = button('iml-p-line', '', function () {
          turn(false);
          visit(number);
        });
        line.append(make('span', 'iml-p-number', String(number + 1)), make('span', '', one.title));
        lines.push(line);
        column.append(make('li', '', line));
      });
      const help = make('dl', 'iml-p-help');
      for (const [keys, what] of HELP) {
        help.append(make('div', '', make('dt', '', keys), make('dd', '', text('player.present.help.' + what))));
      }
      const close = button('iml-p-button', text('player.present.close'), () => turn(false));
      element.append(make('div', 'iml-p-list-head', make('h1', '', text('player.present.screens')), close),
        columns, make('section', '', make('h2', '', text('player.present.keys')), help));

      function turn(open) {
        element.hidden = !open;
        stage.inert = open;
        bar.inert = open;
        lines.forEach(function (line, number) {
          if (number === at) line.setAttribute('aria-current', 'step');
          else line.removeAttribute('aria-current');
        });
        if (open) {
          lines[at].focus();
          lines[at].scrollIntoView({ block: 'center' });
        } else stage.focus({ preventScroll: true });
      }

      /** The arrows lead through the list. */
      function onKey(key) {
        const here = lines.indexOf(document.activeElement);
        const way = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity }[key];
        if (key === 'Escape' || key === 'o') turn(false);
        else if (way) lines[Math.max(0, Math.min(lines.length - 1, here + way))].focus();
        else return false;
        return true;
      }

      return { element, turn, keydown: onKey };
    }

    // --- the other window -------------------------------------------------------------------------

    function state() {
      const screen = now();
      const one = stageNow();
      const onward = step < screen.stages.length - 1 || part < parts - 1;
      const following = screens[onwards()];
      return { number: at + 1, count: screens.length, title: screen.title, group: screen.group || '',
        activity: screen.activity || 0, part: screen.part === undefined ? -1 : screen.part,
        key: screen.stages.map((other) => other.key).filter(Boolean).slice(-1)[0] || '',
        next: onward ? text('player.present.next.answer', { kind: kindOf(screen.stages[step + 1] || one) })
          : following ? following.title : '',
        timer: timer.told(), black: !black.hidden };
    }

    const kindOf = (one) => text('player.present.kind.' + (one.kind === 'answer' || one.kind === 'reasons' ||
      one.kind === 'asked' ? one.kind : 'part'));

    // --- coming and going ---------------------------------------------------------------------------

    function resized() {
      if (!list.element.hidden) return;
      const field = document.activeElement && document.activeElement.matches('.iml-p-field')
        ? Array.from(stage.querySelectorAll('.iml-p-field')).indexOf(document.activeElement) : -1;
      draw(part);
      if (field >= 0) stage.querySelectorAll('.iml-p-field')[field].focus();
    }

    const soon = player.dom.later(resized);
    const watcher = new ResizeObserver(soon);
    const stops = [
      player.dom.listen(window, 'keydown', keydown),
      player.dom.listen(document, 'fullscreenchange', function () {
        buttons.full.setAttribute('aria-pressed', String(Boolean(document.fullscreenElement)));
      }),
    ];
    buttons.full.hidden = !document.fullscreenEnabled;

    /** Leaves, to the very place from which it was begun. */
    function leave() {
      left = { id: now().id, stage: step };
      notes.end();
      watcher.disconnect();
      for (const stop of stops) stop();
      if (document.fullscreenElement) document.exitFullscreen().catch(function () {});
      if (byPlan) {
        if (came && history.length > 1) history.back();
        else location.replace(planAddress);
        return;
      }
      root.remove();
      delete document.documentElement.dataset.imlPresenting;
      for (const one of others) one.inert = false;
      history.replaceState(history.state, '', location.pathname + location.search + hash);
      scrollTo({ top, behavior: 'instant' });
      if (from instanceof HTMLElement) from.focus({ preventScroll: true });
    }

    visit(at, left && address === null && left.id === now().id ? left.stage : 0);
    watcher.observe(stage);
    if (document.fonts) document.fonts.ready.then(soon);
    stage.focus({ preventScroll: true });
    // For who tests it, and for nobody else: it is told nothing that is not on the screen.
    root.dispatchEvent(new CustomEvent('iml-presented', { bubbles: true }));
  }

  function full(on) {
    const { documentElement: whole } = document;
    const done = on ? whole.requestFullscreen && whole.requestFullscreen() : document.exitFullscreen();
    if (done) done.catch(function () {});
  }

  player.present = { open };
}(globalThis.imlPlayer));
