// needs: core/core vendor/noble-ed25519
/* Checks what is signed with Ed25519: a signed list of certificates, and the text of the QR code on a
   certificate. Nothing here touches the page. `products/certificates/signed_list.py` writes both, and
   says how. The browser's own WebCrypto checks where it knows Ed25519, and else noble-ed25519, with
   the same outcome. Both take SHA-512 from WebCrypto, which pages opened from a disk have. */
(function (player) {
  'use strict';
  const FORMAT = 'imlcourse-certificates/1';
  const OPENING = 'IMLCERT1.';
  const KEY = /^IMLKEY1\.([A-Za-z0-9_-]{43})(?:[ \t]+(\S.*))?$/;
  const BEFORE = { certificate: 'imlcourse certificate 1\n', list: 'imlcourse list 1\n' };
  const LENGTHS = { key: 32, signature: 64 };
  const DIGITS = 20;
  const FIELDS = {
    course: 'string', edition: 'string', from: 'string', name: 'string', office: 'string',
    organizer: 'string', place: 'string', ref: 'string', to: 'string', trainer: 'string',
    minutes: 'number', of: 'number', modules: 'object',
  };

  /** Writes what is said in the one form that is signed: names sorted, no spaces, ASCII alone. */
  function canonical(said) {
    if (Array.isArray(said)) return '[' + said.map(canonical).join(',') + ']';
    if (said && typeof said === 'object') {
      return '{' + Object.keys(said).sort().map((name) =>
        canonical(name) + ':' + canonical(said[name])).join(',') + '}';
    }
    return JSON.stringify(said).replace(/[^\x20-\x7e]/g, (sign) =>
      '\\u' + sign.charCodeAt(0).toString(16).padStart(4, '0'));
  }

  /** Reads so many bytes from the signs of base64 that addresses take; null if it holds others. */
  function decoded(text, length) {
    if (typeof text !== 'string' || !/^[A-Za-z0-9_-]*$/.test(text) ||
      text.length !== Math.ceil(length * 4 / 3)) return null;
    const signs = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
    // Of the last sign some bits stand for nothing: only one way to write them is taken.
    const again = btoa(signs).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
    return bytes.length === length && again === text ? bytes : null;
  }

  /**
   * Says whether a signature is that of a key over a message.
   * @param {Uint8Array<ArrayBuffer>} key
   * @param {Uint8Array<ArrayBuffer>} signature
   * @param {Uint8Array<ArrayBuffer>} message
   * @param {boolean} [own]  whether the browser may do it itself
   */
  async function verified(key, signature, message, own = true) {
    if (own) {
      try {
        const made = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
        return await crypto.subtle.verify({ name: 'Ed25519' }, made, signature, message);
      } catch {
        // It does not know Ed25519, or takes this for no key: the library says which.
      }
    }
    return player.ed25519.verifyAsync(signature, message, key, { zip215: false });
  }

  /** Gives what people compare of a key: 20 hexadecimal digits of its SHA-256, in groups of four. */
  async function fingerprint(key) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', key));
    const digits = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return digits.slice(0, DIGITS).replace(/(.{4})(?=.)/g, '$1 ');
  }

  /** Gives the public keys that a text holds, one a line, by their signs, with who holds each. */
  function keysIn(text) {
    const found = new Map();
    for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
      const read = KEY.exec(line.trim());
      if (read && decoded(read[1], LENGTHS.key)) found.set(read[1], read[2] || '');
    }
    return found;
  }

  function parsed(text) {
    try {
      const read = JSON.parse(text);
      return read && typeof read === 'object' && !Array.isArray(read) ? read : null;
    } catch {
      return null;
    }
  }

  /** Says whether somebody says all that a certificate says. */
  function says(said) {
    return Boolean(said) && typeof said === 'object' && Array.isArray(said.modules) &&
      Object.entries(FIELDS).every(([name, kind]) => typeof said[name] === kind);
  }

  function bytesOf(kind, text) {
    return new TextEncoder().encode(BEFORE[kind] + text);
  }

  /** @returns {Promise<SignedOutcome>} */
  async function checkCertificate(text, keys, own) {
    // Where it was copied from an e-mail, lines may have been broken; none of its own has breaks.
    const parts = text.split(/[\r\n]+/).join('').slice(OPENING.length).split('.');
    if (parts.length < 3) return { state: 'unreadable' };
    const [named, signed] = parts;
    const words = parts.slice(2).join('.');
    const key = decoded(named, LENGTHS.key);
    const signature = decoded(signed, LENGTHS.signature);
    if (!key || !signature || /[^\x00-\x7f]/.test(words) ||
      !await verified(key, signature, bytesOf('certificate', words), own)) return { state: 'changed' };
    const said = parsed(words);
    if (!says(said)) return { state: 'unreadable' };
    return {
      state: keys.has(named) ? 'whole' : 'unknown', said,
      key: { fingerprint: await fingerprint(key), holder: keys.get(named) || '' },
    };
  }

  /** @returns {Promise<SignedOutcome>} */
  async function checkList(text, keys, own) {
    const whole = parsed(text);
    if (!whole || whole.format !== FORMAT || !Array.isArray(whole.certificates)) {
      return { state: 'unreadable' };
    }
    const { signature: signed, ...rest } = whole;
    const named = rest.key && typeof rest.key === 'object' ? rest.key.public : '';
    const key = decoded(named, LENGTHS.key);
    if (!key) return { state: 'unreadable' };
    const signature = decoded(signed, LENGTHS.signature);
    if (signature && await verified(key, signature, bytesOf('list', canonical(rest)), own)) {
      return {
        state: keys.has(named) ? 'whole' : 'unknown', list: rest.certificates.filter(says),
        modules: (rest.workshop && rest.workshop.modules) || {},
        key: {
          fingerprint: await fingerprint(key),
          holder: keys.get(named) || String(rest.key.holder || ''),
        },
      };
    }
    const changed = [];
    for (const [at, line] of rest.certificates.entries()) {
      const { signature: own_, ...said } = line && typeof line === 'object' ? line : {};
      const read = decoded(own_, LENGTHS.signature);
      if (!read || !await verified(key, read, bytesOf('certificate', canonical(said)), own)) {
        changed.push({ number: at + 1, name: String(said.name || said.ref || '?') });
      }
    }
    return { state: 'changed', changed, lines: rest.certificates.length };
  }

  /**
   * Checks what is signed.
   * @param {string} text   a signed list, or the text of a QR code
   * @param {string} known  public keys that are known, one a line
   * @param {boolean} [own]  whether the browser may check a signature itself
   * @returns {Promise<SignedOutcome>}
   */
  async function check(text, known, own = true) {
    const given = text.replace(/^\ufeff/, '').trim();
    if (!given) return { state: 'empty' };
    if (!globalThis.crypto || !crypto.subtle) return { state: 'unable' };
    const keys = keysIn(known);
    if (known.trim() && !keys.size) return { state: 'nokey' };
    if (given.startsWith(OPENING)) return checkCertificate(given, keys, own);
    if (given.startsWith('{')) return checkList(given, keys, own);
    return { state: 'other' };
  }

  player.signed = { check, canonical, verified, fingerprint };
}(globalThis.imlPlayer));
