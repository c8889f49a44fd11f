// needs: core/dom core/texts
// texts: player.install.* player.install.close player.install.how player.install.now
//   player.install.put player.install.save player.install.file
/* The course served over HTTP(S): it is kept on the device while it is read, and the reader learns
   of it in the foot of each page. products/packages/installable/service_worker.js does the keeping.

   A version that has come whole is taken by the next page that is loaded, if this is the only window
   of the course. In a page that the reader has begun to use it is offered. With other windows open
   it waits: a page goes on with the version that it came with. */
(function (player) {
  'use strict';
  const FIRST_WAIT = 20000; // milliseconds until what has failed is tried again; then twice as many
  const TRIES = 6;
  const LOOK_AGAIN = 3600000; // milliseconds after which a page that stays open looks for news
  const TOLD = 'imlcourse/other-windows';
  const { make, button, icon } = player.dom;
  const { text } = player.texts;
  const workers = navigator.serviceWorker; // none where the connection is not a safe one
  const foot = document.querySelector('.iml-foot');
  const { content_root: up = './' } = document.documentElement.dataset;
  const size = /** @type {any} */ (document.currentScript).dataset.imlSize;
  if (!foot || window.top !== window || (!workers && isSecureContext)) return;

  const home = new URL(up, location.href).href;
  const isApp = matchMedia('(display-mode: standalone)').matches;
  let touched = false; // whether the reader has begun to use this page
  let asked = false; // whether this page has asked for the new version
  let tries = 0;
  /** @type {ServiceWorkerRegistration | null} */
  let followed = null;
  let looked = 0; // when it was last asked whether there is a new version

  // --- what is said ----------------------------------------------------------------------------

  const state = make('span', '');
  const sign = make('span', '');
  const about = make('p', '');
  const actions = make('p', '');
  const put = make('p', '');
  const summary = make('summary', '', sign, state);
  const folded = make('details', 'iml-install');
  const howSummary = make('summary', '', make('span', '', text('player.install.how')));
  const how = make('details', 'iml-install', howSummary);
  const line = make('div', 'iml-install-line');
  line.setAttribute('role', 'status');

  /** Says in the foot how it stands: saving, saved, gone, failed, full, refused, ask or
   * unsafe. */
  function stand(kind, values) {
    folded.dataset.imlInstall = kind;
    sign.replaceChildren(icon(kind === 'saved' ? 'right' : 'note'));
    state.textContent = text('player.install.' + kind, values);
    about.textContent = text('player.install.' + kind + '.about', { size });
  }

  /** Says something at the end of the window, until it is closed. */
  function say(kind, ...buttons) {
    const close = button('iml-install-close', text('player.install.close'), () => line.replaceChildren());
    line.replaceChildren(make('div', '', make('p', '', text('player.install.' + kind)), ...buttons, close));
  }

  /** @type {any} */
  let prompted = null; // what a browser gives that can put the course there itself

  function putOnHomeScreen() {
    line.replaceChildren();
    if (prompted) {
      put.replaceChildren();
      prompted.prompt();
      prompted = null;
      return;
    }
    how.open = true;
    how.scrollIntoView();
    howSummary.focus({ preventScroll: true });
  }

  // --- a new version ---------------------------------------------------------------------------

  /** Asks a version that has come to take over; gives how many other windows it would disturb. */
  function takeOver(waiting) {
    return new Promise(function (resolve) {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', ({ data }) => resolve(data));
      port1.start();
      asked = true;
      waiting.postMessage('imlcourse: take over', [port2]);
    }).then(function (others) {
      asked = !others;
      return others;
    });
  }

  function offer(waiting) {
    say('new', button('', text('player.install.now'), () =>
      takeOver(waiting).then((others) => { if (others) say('others'); })));
  }

  /** Says whether this window is told for the first time that others are in the way. */
  function isNews() {
    try {
      if (sessionStorage.getItem(TOLD)) return false;
      sessionStorage.setItem(TOLD, 'yes');
    } catch { /* then on every page */ }
    return true;
  }

  /** A version is there that waits. A page that nobody has used yet is shown anew in it. */
  function ready(waiting) {
    if (touched) offer(waiting);
    else takeOver(waiting).then((others) => { if (others && isNews()) say('others'); });
  }

  // --- keeping it ------------------------------------------------------------------------------

  /** What did not come whole is tried again while the page is open, and by the next one. */
  function again() {
    tries += 1;
    if (tries >= TRIES) return;
    setTimeout(function () {
      if (followed && followed.active) followed.update().catch(() => null);
      else start();
    }, FIRST_WAIT * 2 ** (tries - 1));
  }

  function watch(registration, worker) {
    const isFirst = !registration.active;
    if (isFirst) stand('saving', { share: 0 });
    worker.addEventListener('statechange', function () {
      if (worker.state === 'installed' && !isFirst) offer(worker);
      else if (worker.state === 'activated' && isFirst) {
        stand('saved');
        say('ready', ...(isApp ? [] : [button('', text('player.install.put'), putOnHomeScreen)]));
      } else if (worker.state === 'redundant') {
        if (isFirst && folded.dataset.imlInstall === 'saving') stand('failed');
        again();
      }
    });
  }

  /** Says that it is saved, if it is: what takes the course off devices keeps nothing. */
  function standing() {
    caches.has('imlcourse ' + home).then((has) => stand(has ? 'saved' : 'gone'));
  }

  function look() {
    if (!followed || !followed.active || Date.now() - looked < LOOK_AGAIN) return;
    looked = Date.now();
    followed.update().catch(() => null); // without a connection there is no news
  }

  function follow(registration) {
    const { active, waiting, installing } = registration;
    followed = registration;
    if (active) standing();
    if (active && waiting) ready(waiting);
    if (installing) watch(registration, installing);
    registration.addEventListener('updatefound', () => watch(registration, registration.installing));
    look();
  }

  function start() {
    workers.register(home + 'sw.js', { updateViaCache: 'none' }).then(function (registration) {
      if (registration !== followed) follow(registration);
    }).catch(function (error) {
      // A browser may forbid it, as in a private window; or the server did not answer.
      stand(error.name === 'SecurityError' ? 'refused' : 'failed');
    });
  }

  /** Where the device is to save data, the reader decides. */
  function ask() {
    stand('ask', { size });
    actions.replaceChildren(button('', text('player.install.save'), function () {
      actions.replaceChildren();
      start();
    }));
  }

  folded.append(summary, about, actions);
  how.append(put, make('ul', '', ...['android', 'apple', 'computer'].map((kind) =>
    make('li', '', text('player.install.' + kind)))));
  foot.append(folded);
  document.body.append(line);
  if (!workers) {
    stand('unsafe');
    return;
  }
  if (!isApp) foot.append(how);

  workers.addEventListener('message', function ({ data }) {
    if (!data || folded.dataset.imlInstall === 'saved') return;
    if (data.imlInstall === 'share') stand('saving', { share: Math.floor(data.share * 100) });
    else if (data.imlInstall) {
      stand(data.imlInstall);
      if (data.file) about.append(' ' + text('player.install.file', { file: data.file }));
    }
  });
  const { controller } = workers; // a page that had none comes from the server
  workers.addEventListener('controllerchange', function () {
    if (!controller) return;
    if (asked || !touched) location.reload();
    else say('again', button('', text('player.install.now'), () => location.reload()));
  });
  for (const kind of ['pointerdown', 'keydown', 'input']) {
    addEventListener(kind, () => { touched = true; }, { capture: true, once: true });
  }
  // On a phone, a course that is opened again is often the page that was left.
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
  addEventListener('beforeinstallprompt', function (/** @type {any} */ event) {
    event.preventDefault();
    prompted = event;
    put.replaceChildren(button('', text('player.install.put'), putOnHomeScreen));
  });
  // What stands on the home screen is meant to stay.
  if (isApp && navigator.storage) navigator.storage.persist();

  const { saveData } = /** @type {any} */ (navigator).connection || {};
  if (!saveData) start();
  else {
    workers.getRegistration(home).then(function (found) {
      if (found && found.scope === home) start();
      else ask();
    }).catch(start);
  }
}(globalThis.imlPlayer));
