/* The course, kept on a device that has opened it once over HTTP(S). What stands in front of this,
   imlFiles, is the version: its files, each with its SHA-256. So a new version is another worker,
   and which version a page gets is which worker has it.

   Each file is kept under its hash. A new version brings only what is new, beside what is there; if
   one of its files cannot be had as it should be, the version is not installed, and the old one
   goes on. What of it has come stays, for the next attempt. Files that no version needs go when a
   new one takes over, and it takes over when no window shows the old one, or at the wish of the
   only window (player/hosts/install.js). */
(function () {
  'use strict';
  const worker = /** @type {any} */ (globalThis);
  /** @type {Record<string, string>} */
  const files = worker.imlFiles;
  const { registration } = worker;
  const { scope } = registration;
  // Several courses may have one origin, and the caches are those of the origin.
  const NAME = 'imlcourse ' + scope;
  const HOME = 'index.html';
  const AT_ONCE = 6; // how many files are fetched at a time
  const ROUNDS = 3;
  /** @type {Record<string, string>} */
  const TYPES = {
    html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8',
    css: 'text/css; charset=utf-8', json: 'application/json', svg: 'image/svg+xml',
    png: 'image/png', webp: 'image/webp',
  };

  const keyOf = (/** @type {string} */ hash) => scope + '?kept=' + encodeURIComponent(hash);

  /** Says something to all windows of the course, also to those that were there before it. */
  async function tell(/** @type {object} */ told) {
    const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
    for (const one of windows) if (one.url.startsWith(scope)) one.postMessage(told);
  }

  /**
   * Fetches a file, and refuses another than the version has: an old one out of some cache on the
   * way, one of the next version, the page on which a hotel wants a password.
   */
  async function fetched(/** @type {string} */ path) {
    const address = scope + path.split('/').map(encodeURIComponent).join('/');
    const integrity = 'sha256-' + files[path];
    const answer = await fetch(address, { cache: 'no-cache', integrity })
      .catch(() => fetch(address, { cache: 'reload', integrity }));
    if (!answer.ok) throw new TypeError(path + ': ' + answer.status);
    // As our own answer: what the server says of it (a redirection, another type) stays behind.
    return new Response(await answer.arrayBuffer(), {
      headers: { 'Content-Type': TYPES[path.replace(/.*\./, '')] || 'application/octet-stream' },
    });
  }

  /** Fetches what is not there yet of this version. */
  async function install() {
    const cache = await caches.open(NAME);
    const brought = [];
    let missing = ''; // the file that could not be had
    const all = Object.keys(files);
    try {
      // Another version may just have cleared away what this one counted on: so look again.
      for (let round = 0; round < ROUNDS; round += 1) {
        const there = new Set((await cache.keys()).map((request) => request.url));
        const waiting = all.filter((path) => !there.has(keyOf(files[path])));
        if (!waiting.length) return;
        let left = waiting.length;
        const lines = await Promise.allSettled(Array.from({ length: AT_ONCE }, async function () {
          for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
            try {
              const key = keyOf(files[path]);
              await cache.put(key, await fetched(path));
              brought.push(key);
            } catch (error) {
              waiting.length = 0; // the others need not go on
              missing = path;
              throw error;
            }
            left -= 1;
            await tell({ imlInstall: 'share', share: 1 - left / all.length });
          }
        }));
        // Whatever else is on its way has come, so that nothing is said or kept after this.
        for (const one of lines) if (one.status === 'rejected') throw one.reason;
      }
      throw new Error('it is not whole');
    } catch (error) {
      const full = /** @type {Error} */ (error).name === 'QuotaExceededError';
      // Where there is no room, none is taken from others for half a version.
      if (full) await Promise.all(brought.map((key) => cache.delete(key)));
      await tell(full ? { imlInstall: 'full' } : { imlInstall: 'failed', file: missing });
      throw error;
    }
  }

  /** Clears away what this version does not need, unless another one is on its way. */
  async function prune() {
    if (registration.installing) return;
    const cache = await caches.open(NAME);
    const needed = new Set(Object.values(files).map(keyOf));
    await Promise.all((await cache.keys()).map((one) => needed.has(one.url) || cache.delete(one)));
  }

  /** Gives the file of this version that an address names; nothing if it has none there. */
  function pathOf(/** @type {string} */ address) {
    const [plain] = address.split(/[?#]/);
    if (!plain.startsWith(scope)) return '';
    let path;
    try {
      path = decodeURIComponent(plain.slice(scope.length));
    } catch {
      return '';
    }
    if (!path || path.endsWith('/')) path += HOME;
    // Some servers have pages without their ending.
    return [path, path + '.html'].find((one) => Object.hasOwn(files, one)) || '';
  }

  async function answer(/** @type {Request} */ request, /** @type {string} */ path) {
    const key = keyOf(files[path]);
    const cache = await caches.open(NAME).catch(() => null);
    const kept = cache && await cache.match(key);
    if (kept) return kept;
    // Something has taken it away. What the server has instead is better than nothing.
    try {
      const found = await fetched(path);
      if (cache) await cache.put(key, found.clone()).catch(() => null);
      return found;
    } catch {
      return fetch(request);
    }
  }

  worker.addEventListener('install', (event) => event.waitUntil(install()));
  worker.addEventListener('activate', function (event) {
    event.waitUntil(prune().catch(() => null).then(() => worker.clients.claim()));
  });
  worker.addEventListener('fetch', function (event) {
    const { request } = event;
    if (request.method !== 'GET') return;
    const path = pathOf(request.url);
    if (path) event.respondWith(answer(request, path));
    else if (request.mode === 'navigate') {
      // A page that this version has not: the server may know it, and else the course begins.
      event.respondWith(fetch(request).catch(() => Response.redirect(scope)));
    }
  });
  worker.addEventListener('message', function (event) {
    if (event.data !== 'imlcourse: take over') return;
    event.waitUntil(worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
      .then(function (all) {
        const others = all.filter((one) =>
          one.url.startsWith(scope) && one.frameType !== 'nested' && one.id !== event.source.id);
        event.ports[0].postMessage(others.length);
        if (!others.length) worker.skipWaiting();
      }));
  });
}());
