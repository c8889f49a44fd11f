/* Put in the place of the course’s sw.js, this takes the course off the devices that open it. */
(function () {
  'use strict';
  const worker = /** @type {any} */ (globalThis);
  worker.addEventListener('install', () => worker.skipWaiting());
  worker.addEventListener('activate', (event) => event.waitUntil(
    caches.delete('imlcourse ' + worker.registration.scope)
      .then(() => worker.registration.unregister())));
}());
