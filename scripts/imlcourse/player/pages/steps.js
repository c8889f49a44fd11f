// needs: core/dom core/texts record/record record/store pages/course pages/pages
// texts: player.steps.at player.steps.back player.steps.continue player.steps.done
//   player.steps.one player.steps.unread player.steps.whole
/* The page of a module, a step at a time. All of the module is on the page; what belongs to other
   steps is hidden so that the browser's own search in the page still finds it. Without this
   script, and in print, the module is whole. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;
  const SEEN = 2000; // how long the end of a section has to be on the screen to count as read
  const SETTLING = 4000; // how long what stands above a target may still grow, in milliseconds
  const LANDING = 1500; // how long a browser may be on its own way to a target
  const PATIENCE = 400; // how long a page waits for the record before something is shown, from its start
  const HANDS = ['wheel', 'touchstart', 'pointerdown', 'keydown'];
  const FINDABLE = 'onbeforematch' in document.documentElement;

  /** Hides something from the page, and not from the browser's search in the page. */
  function away(element, hidden) {
    element.classList.add('iml-away');
    if (!hidden) element.removeAttribute('hidden');
    else if (!element.hidden) element.setAttribute('hidden', FINDABLE ? 'until-found' : '');
  }

  let touched = false; // whether the learner has scrolled, pressed or typed since something was aimed at
  let stopAiming = function () {};
  for (const type of HANDS) addEventListener(type, () => { touched = true; }, true);

  /**
   * Brings something to the top, and keeps it there while the page is still being laid out:
   * answers that are put back make it longer. Whoever scrolls or types is left alone.
   * @param {HTMLElement} target
   * @param {boolean} [landing]  whether the browser itself may still be on its way there
   */
  function aim(target, landing) {
    stopAiming();
    const landed = performance.now() + (landing ? LANDING : 0);
    let left = NaN; // where the page was left, and the target in it
    let top = NaN;
    touched = false;

    function go() {
      if (target.hidden) return; // what comes back is offered a little later
      const moved = target.getBoundingClientRect().top !== top;
      const byHand = touched || (scrollY !== left && left === left && performance.now() > landed);
      if (moved && byHand) stopAiming();
      else if (moved) {
        target.scrollIntoView({ block: 'start', behavior: 'instant' });
        left = scrollY;
        ({ top } = target.getBoundingClientRect());
      }
    }

    /** What scrolled by itself is brought back only where the target was lost by it. */
    function look() {
      const box = target.getBoundingClientRect();
      if (performance.now() > landed || box.top < 0 || box.top > innerHeight) go();
    }

    const again = () => requestAnimationFrame(look);
    const watcher = 'ResizeObserver' in globalThis ? new ResizeObserver(go) : null;
    const timer = setTimeout(() => stopAiming(), SETTLING);
    stopAiming = function () {
      stopAiming = function () {};
      clearTimeout(timer);
      if (watcher) watcher.disconnect();
      removeEventListener('load', again);
      removeEventListener('scroll', again);
    };
    addEventListener('load', again);
    addEventListener('scroll', again);
    if (watcher) watcher.observe(document.body);
    go();
  }

  /** Gives what an address leads to on this page: by its id, or an item by its own. */
  function targetOf(hash) {
    let id = '';
    try {
      id = decodeURIComponent(hash.slice(1));
    } catch (error) { /* no address of ours */ }
    return id ? document.getElementById(id) ||
      document.querySelector('[data-iml-item="' + CSS.escape(id) + '"]') : null;
  }

  /** Gives what is to be at the top, and what is to have the focus, for the target of an address. */
  function headOf(target) {
    return target.tagName === 'SECTION' ? target.querySelector('h1, h2, h3') || target : target;
  }

  /**
   * Makes the page of a module.
   * @param {CourseModule} module
   * @param {Store} store
   */
  function steps(module, store) {
    const nav = document.querySelector('.iml-steps');
    const article = document.querySelector('.iml-text');
    const { dataset } = document.documentElement;
    const sections = Array.from(document.querySelectorAll('.iml-text > section > section'));
    const parts = player.course.stepsOf(module).map(function (step) {
      // The label stands before the section, at the end of the one before it.
      const before = document.getElementById(step.id);
      const section = before && sections.find((one) =>
        before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
      // There, the browser on its way to it would show the step before.
      if (section) section.prepend(before);
      return section && Object.assign({ section, nodes: [section] }, step);
    }).filter(Boolean);
    if (!nav || !article || parts.length < 2) return;
    const key = 'read/' + module.id;
    const title = article.querySelector('h1');
    const last = parts[parts.length - 1];
    let whole = false;
    let here = null;

    // What stands before the first section belongs to the first step, but for the title.
    for (const node of parts[0].section.parentElement.children) {
      if (node === parts[0].section) break;
      if (node !== title && node.textContent.trim()) parts[0].nodes.push(node);
    }

    const at = make('p', 'iml-step-at iml-step-here');
    const bar = make('span', 'iml-step-bar', ...parts.map(() => make('span', '')));
    const words = nav.querySelector('summary span');
    // In the bar that stays, on a phone.
    const inBar = document.querySelector('[data-iml-here-step]');
    const along = document.querySelector('[data-iml-along]');
    const label = words.textContent;
    bar.setAttribute('aria-hidden', 'true');
    words.parentElement.append(bar);
    if (title) title.after(at);

    const onward = button('iml-button iml-check iml-continue', text('player.steps.continue'),
      () => proceed());
    const back = button('iml-button iml-back', text('player.steps.back'), function () {
      const before = parts[parts.indexOf(here) - 1];
      if (before) visit(before);
    });
    const next = make('span', 'iml-step-next');
    const toggles = [0, 1].map(() => button('iml-link iml-whole', '', () => setWhole(!whole)));
    const turn = make('div', 'iml-step-turn', make('div', 'iml-actions', back, onward, next),
      toggles[0]);
    article.after(turn);
    nav.querySelector('details').append(toggles[1]);
    const lines = Array.from(nav.querySelectorAll('li a'), function (link, place) {
      const done = make('span', 'iml-unseen');
      link.append(done);
      link.addEventListener('click', function (event) {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        visit(parts[place]);
      });
      return { link, done };
    });

    // --- what is kept -----------------------------------------------------------------------

    function note(changes) {
      // What is not named here, the store takes over from the entry that is there.
      return store.put(key, Object.assign({ v: player.record.FORMAT, sections: {} }, changes,
        player.record.stamp()));
    }

    /** Notes a step that was read, and that the module is, when it was the last section. */
    function noteRead(step, place) {
      const entry = store.get(key);
      /** @type {any} */
      const changes = Object.assign({}, place ? { place } : {},
        step.kind === 'section' && !(entry && entry.sections[step.id])
          ? { sections: { [step.id]: new Date().toISOString() } } : {});
      const sections = Object.assign({}, entry && entry.sections, changes.sections);
      // Who once took the tick of an earlier edition away has read it now.
      if (entry && entry.done === '' && module.sections.every(({ id }) => sections[id])) {
        changes.done = new Date().toISOString();
      }
      if (Object.keys(changes).length) note(changes);
    }

    function notePlace(step) {
      const entry = store.get(key);
      if (!entry || entry.place !== step.id) note({ place: step.id });
    }

    // --- what is shown ----------------------------------------------------------------------

    function show() {
      const state = player.course.moduleState(module, store);
      dataset.imlSteps = whole ? 'whole' : 'one';
      dataset.imlStep = here === parts[0] ? 'first' : here === last ? 'last' : 'middle';
      for (const part of parts) {
        for (const node of part.nodes) away(node, !whole && part !== here);
      }
      const said = here.section.querySelector('.iml-step-at');
      // What is not kept is said above the first question that is shown.
      const trouble = article.querySelector('.iml-troubles[data-iml-kinds]');
      const question = here.section.querySelector('[data-iml-item]');
      if (trouble && question && !whole && !here.section.contains(trouble)) question.before(trouble);
      words.textContent = whole || !said ? label : said.textContent;
      at.textContent = said ? said.textContent : '';
      if (inBar) {
        inBar.textContent = whole ? '' : text('player.steps.at', {
          number: here.number, total: parts.length,
        });
      }
      if (along) {
        along.hidden = whole;
        along.style.setProperty('--iml-share', 100 * here.number / parts.length + '%');
      }
      at.hidden = whole || here !== parts[0];
      parts.forEach(function (part, place) {
        const done = part.kind === 'end' ? state.complete : Boolean(state.sections[part.id] || state.readItself);
        const { link, done: mark } = lines[place];
        const current = !whole && part === here;
        link.classList.toggle('iml-done', done);
        // Where the quiz was passed without reading, it is said what was not read.
        mark.textContent = done ? ' ' + text('player.steps.done')
          : state.complete ? ' ' + text('player.steps.unread') : '';
        mark.className = !done && state.complete ? 'iml-minutes' : 'iml-unseen';
        if (current) link.setAttribute('aria-current', 'step');
        else link.removeAttribute('aria-current');
        bar.children[place].className = current ? 'iml-now' : done ? 'iml-done' : '';
      });
      for (const toggle of toggles) {
        toggle.textContent = text(whole ? 'player.steps.one' : 'player.steps.whole');
      }
      back.hidden = whole || here === parts[0];
      onward.hidden = whole || here === last;
      // Where the module ends, the next thing is that of the whole course.
      const leading = (whole || here === last) && state.complete
        ? player.book.nextButton(store, true) : null;
      next.replaceChildren(...(leading ? [leading] : []));
      /** @type {any} */ (turn.firstElementChild).hidden = back.hidden && onward.hidden && !leading;
    }

    function stepOf(target) {
      return parts.find((part) => part.nodes.some((node) => node.contains(target))) ||
        // What stands behind the text belongs to the end of it.
        (target.closest('.iml-main') && target !== title && !article.contains(target) &&
          target.id !== 'iml-main' ? last : null);
    }

    /** Shows a step, with something in it at the top and in focus. */
    function open(step, target, landing) {
      here = step;
      show();
      for (let fold = target.closest('details'); fold;
        fold = fold.parentElement.closest('details')) fold.open = true;
      const head = headOf(target);
      if (!head.matches('a, button, input, select, textarea, summary, [tabindex]')) head.tabIndex = -1;
      head.focus({ preventScroll: true });
      aim(head, landing);
    }

    /** Goes to a step, so that the browser's way back leads here. */
    function visit(step) {
      notePlace(step);
      turnTo(step);
    }

    function proceed() {
      const step = parts[parts.indexOf(here) + 1];
      noteRead(here, step.id);
      turnTo(step);
    }

    /** Turns to a step from another one: the first begins with the title of the module. */
    function turnTo(step) {
      history.pushState({ imlStep: step.id }, '', '#' + step.id);
      openTop(step);
    }

    function openTop(step) {
      open(step, step === parts[0] && title && !whole ? title : step.section);
    }

    function setWhole(now) {
      whole = now;
      player.store.setMe(store, { whole });
      show();
      const head = here.section.querySelector('h2');
      head.tabIndex = -1;
      head.focus({ preventScroll: true });
      aim(here === parts[0] && title ? title : head);
    }

    /** Follows the address; says whether it leads anywhere in the module. */
    function follow(moved) {
      const target = targetOf(location.hash);
      const named = target && find(target.id);
      const step = named || (target && stepOf(target));
      if (!step) return false;
      if (moved) notePlace(step);
      open(step, named ? named.section : target, true);
      return true;
    }

    const find = (id) => parts.find((part) => part.id === id);

    /** Until the record is there, nothing is shown that would be another step a moment later. */
    function begin() {
      here = parts[0];
      // Who sees the first step already goes on seeing it.
      const left = PATIENCE - performance.now();
      dataset.imlWait = left > 0 ? 'hidden' : '';
      if (left > 0) setTimeout(() => { if (dataset.imlWait) dataset.imlWait = ''; }, left);
      if (!follow(false)) show();
    }

    /** Once the record is there: the place it has, where the address names none. */
    function settle() {
      delete dataset.imlWait;
      const me = store.get('me') || {};
      whole = Boolean(me.whole);
      const target = targetOf(location.hash);
      if (touched) show();
      else if (!target || !(find(target.id) || stepOf(target))) {
        here = find(player.course.placeIn(module, store)) || parts[0];
        show();
        // So that the way back leads to where the page was opened.
        history.replaceState(Object.assign({}, history.state, { imlStep: here.id }), '');
      } else follow(false);
    }

    for (const fold of article.querySelectorAll('details.iml-since')) fold.open = false;
    const folded = [];
    addEventListener('beforeprint', function () {
      for (const fold of article.querySelectorAll('details:not([open])')) {
        fold.open = true;
        folded.push(fold);
      }
    });
    addEventListener('afterprint', function () {
      for (const fold of folded.splice(0)) fold.open = false;
    });
    document.addEventListener('beforematch', function ({ target }) {
      /** @type {any} */
      const found = target;
      const step = stepOf(found);
      if (!step) return;
      here = step;
      show();
    });
    addEventListener('popstate', function ({ state }) {
      const step = find(state && state.imlStep);
      if (step) {
        notePlace(step);
        openTop(step);
      } else follow(true);
    });
    begin();
    store.load().then(() => setTimeout(settle));
    store.listen(player.dom.later(function () {
      const me = store.get('me') || {};
      if (Boolean(me.whole) !== whole) whole = Boolean(me.whole);
      show();
    }));
    watch(parts, () => whole, (step) => noteRead(step, ''));
  }

  /** Where the module is whole, what was read is noticed: its end stood on the screen. */
  function watch(parts, isWhole, seen) {
    if (!('IntersectionObserver' in globalThis)) return;
    const timers = new Map();
    const watcher = new IntersectionObserver(function (entries) {
      for (const { target, isIntersecting } of entries) {
        clearTimeout(timers.get(target));
        if (!isIntersecting) continue;
        timers.set(target, setTimeout(function () {
          const part = parts.find(({ section }) => section === target.parentElement);
          // What lies below the projector view is not read.
          if (isWhole() && !document.hidden && !document.querySelector('.iml-present')) seen(part);
        }, SEEN));
      }
    });
    for (const { section } of parts) {
      const end = make('span', 'iml-end');
      section.append(end);
      watcher.observe(end);
    }
  }

  player.dom.onPage(function (options) {
    const course = globalThis.imlCourse;
    const module = course &&
      course.modules.find(({ id }) => id === document.body.dataset.imlModule);
    if (!module) return;
    // What was missed came back on these pages, in 0.1.0.
    if (location.hash === '#review') location.replace(player.book.to(course.pages.practise));
    else steps(module, player.store.open(options));
  });
}(globalThis.imlPlayer));
