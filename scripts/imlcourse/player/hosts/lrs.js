// needs: core/values
/* A record store as xAPI 1.0.3 has it: statements, documents, and the token of a cmi5 launch. Every
   call gives an answer, and none throws: status 0 stands for a network that did not carry it. */
(function (player) {
  'use strict';
  const VERSION = '1.0.3';
  const PATIENCE = 30000; // milliseconds
  const { isObject } = player.values;

  /** Gives in how many milliseconds a server wants to be asked again; 0 if it does not say. */
  function waitOf(text, now) {
    if (!text) return 0;
    const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
    return Number.isFinite(wait) ? Math.max(0, wait) : 0;
  }

  /**
   * @param {{fetch: typeof fetch}} own   what sends
   * @param {string} address
   * @param {RequestInit} asked
   * @returns {Promise<StoreAnswer>}
   */
  function ask(own, address, asked) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    return own.fetch(address, Object.assign({
      signal: stop.signal, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer',
    }, asked)).then(function (answer) {
      const wait = waitOf(answer.headers.get('Retry-After'), Date.now());
      return answer.text().then((text) => ({
        status: answer.status, text, wait, etag: answer.headers.get('ETag') || '',
      }));
    }).catch(() => ({ status: 0, text: '', wait: 0, etag: '' }))
      .finally(() => clearTimeout(timer));
  }

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      return null;
    }
  }

  /**
   * Fetches the token of a launch; it is given once.
   * @param {{fetch: typeof fetch}} own
   * @param {string} address
   */
  function token(own, address) {
    return ask(own, address, { method: 'POST' }).then(function (answer) {
      const read = parsed(answer.text);
      const found = isObject(read) ? read['auth-token'] : '';
      return {
        status: answer.status,
        auth: typeof found === 'string' && found ? 'Basic ' + found : '',
        code: isObject(read) && read['error-code'] ? String(read['error-code']) : '',
      };
    });
  }

  /**
   * @param {{fetch: typeof fetch}} own
   * @param {string} endpoint   ends with /
   * @param {string} auth       what stands in the header Authorization
   * @returns {RecordStore}
   */
  function client(own, endpoint, auth) {
    /** @type {Record<string, string>} */
    const head = { 'X-Experience-API-Version': VERSION };
    if (auth) head.Authorization = auth;
    const sent = Object.assign({ 'Content-Type': 'application/json' }, head);

    function address(resource, asked) {
      const words = new URLSearchParams();
      for (const [name, value] of Object.entries(asked)) {
        if (value) words.set(name, typeof value === 'string' ? value : JSON.stringify(value));
      }
      return endpoint + resource + '?' + words;
    }

    return {
      send: (body, closing) => ask(own, endpoint + 'statements', {
        method: 'POST', body, keepalive: Boolean(closing),
        headers: sent,
      }),
      /** Gives a document: what it holds, or null where there is none. */
      get: (resource, asked) => ask(own, address(resource, asked), { headers: head })
        .then((answer) => Object.assign(answer, { held: answer.status === 200 ? parsed(answer.text) : null })),
      put: (resource, asked, held, etag, closing) => ask(own, address(resource, asked), {
        method: 'PUT', body: JSON.stringify(held), keepalive: Boolean(closing),
        headers: etag ? Object.assign({ 'If-Match': etag }, sent) : sent,
      }),
    };
  }

  player.lrs = { token, client, waitOf };
}(globalThis.imlPlayer));
