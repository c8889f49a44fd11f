// needs: core/dom core/texts
// texts: player.present.timer player.present.timer.close player.present.timer.less
//   player.present.timer.more player.present.timer.over player.present.timer.pause
//   player.present.timer.start
/* A timer that the whole room sees. It ends gently: the words change, and nothing rings. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;
  const MINUTE = 60000;
  const LOOK = 250;

  /** Writes milliseconds as minutes and seconds. */
  function clock(left) {
    const seconds = Math.ceil(left / 1000);
    return Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
  }

  /**
   * Makes a timer.
   * @param {() => void} changed  is called whenever there is something to tell
   */
  function timer(changed) {
    let left = 0;
    let ends = 0; // when it ends, while it runs
    let ticking = 0;
    let started = false; // whether it has run since it was given its minutes
    let of = ''; // the activity whose minutes it was given
    const digits = make('span', 'iml-p-digits');
    const said = make('span', 'iml-p-time-said');
    digits.setAttribute('role', 'timer');
    said.setAttribute('role', 'status');
    const run = button('iml-p-small', '', toggle);
    const less = button('iml-p-small', '−1', () => add(-1));
    const more = button('iml-p-small', '+1', () => add(1));
    const close = button('iml-p-small', '×', hide);
    less.setAttribute('aria-label', text('player.present.timer.less'));
    more.setAttribute('aria-label', text('player.present.timer.more'));
    close.setAttribute('aria-label', text('player.present.timer.close'));
    const element = make('div', 'iml-p-timer', digits, said, run, less, more, close);
    element.setAttribute('role', 'group');
    element.setAttribute('aria-label', text('player.present.timer'));
    element.hidden = true;

    const now = () => (ends ? Math.max(0, ends - Date.now()) : left);

    function show() {
      const rest = now();
      if (ends && !rest) {
        ends = 0;
        left = 0;
        clearInterval(ticking);
        said.textContent = text('player.present.timer.over');
      }
      digits.textContent = clock(rest);
      element.classList.toggle('iml-p-over', !rest);
      run.textContent = text(ends ? 'player.present.timer.pause' : 'player.present.timer.start');
      run.disabled = !rest;
      changed();
    }

    function give(minutes, activity) {
      left = minutes * MINUTE;
      of = activity;
      started = false;
      said.textContent = '';
    }

    /** Opens it with the minutes of an activity. */
    function open(minutes, activity) {
      if (element.hidden) {
        element.hidden = false;
        give(minutes, activity);
      }
      show();
    }

    /** Takes the minutes of another activity, unless it runs or waits in the middle. */
    function follow(minutes, activity) {
      if (element.hidden || activity === of || (started && now())) return;
      give(minutes, activity);
      show();
    }

    function toggle() {
      if (!now()) return;
      left = now();
      started = true;
      clearInterval(ticking);
      ends = ends ? 0 : Date.now() + left;
      if (ends) ticking = setInterval(show, LOOK);
      said.textContent = '';
      show();
    }

    function add(minutes) {
      const rest = Math.max(0, now() + minutes * MINUTE);
      if (ends) ends = Date.now() + rest; else left = rest;
      said.textContent = '';
      show();
    }

    function hide() {
      clearInterval(ticking);
      ends = 0;
      left = 0;
      element.hidden = true;
      changed();
    }

    return { element, open, follow, toggle, add, hide,
      told: () => (element.hidden ? null : { left: clock(now()), runs: Boolean(ends), over: !now() }) };
  }

  player.timer = timer;
}(globalThis.imlPlayer));
