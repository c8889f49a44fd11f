// needs: core/values
/* The file of an office: what it has written into its fields, to be saved here, brought in
   elsewhere, and built into copies of the course (course build --office). No page is needed. */
(function (player) {
  'use strict';
  const VERSION = 1;

  /** Gives a text on one line, without space around it. */
  function plain(text) {
    return text.replace(/\s+/g, ' ').trim();
  }

  /**
   * Writes the file.
   * @param {string} course
   * @param {string} office  its name; may be empty
   * @param {Record<string, string>} fields  what it has written; empty ones are left out
   */
  function write(course, office, fields) {
    const kept = Object.entries(fields).filter(([, text]) => text);
    return JSON.stringify(
      { version: VERSION, course, office, fields: Object.fromEntries(kept) }, null, 2) + '\n';
  }

  /**
   * Reads a file; nothing of it is taken unless it is one of this course.
   * @param {string} text
   * @param {string} course
   * @param {Record<string, number>} known  how many characters each field holds
   * @returns {{refused: string, office: string, fields: Record<string, string>, left: string[]}}
   *   refused: why nothing was read (json, kind, version, course), or empty; left: what stands in
   *   the file and is no field here, or is too long for it
   */
  function read(text, course, known) {
    /** @type {any} */
    let file;
    /** @type {{office: string, fields: Record<string, string>, left: string[]}} */
    const nothing = { office: '', fields: {}, left: [] };
    try {
      file = JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch (error) {
      return Object.assign({ refused: 'json' }, nothing);
    }
    const { isObject } = player.values;
    if (!isObject(file) || !isObject(file.fields) || typeof file.course !== 'string') {
      return Object.assign({ refused: 'kind' }, nothing);
    }
    if (file.version !== VERSION) return Object.assign({ refused: 'version' }, nothing);
    if (file.course !== course) return Object.assign({ refused: 'course' }, nothing);
    /** @type {Record<string, string>} */
    const fields = {};
    /** @type {string[]} */
    const left = [];
    for (const [name, value] of Object.entries(file.fields)) {
      const words = typeof value === 'string' ? plain(value) : '';
      if (!Object.hasOwn(known, name) || typeof value !== 'string' || words.length > known[name]) {
        left.push(name);
      } else if (words) fields[name] = words;
    }
    const office = typeof file.office === 'string' ? plain(file.office).slice(0, 120) : '';
    return { refused: '', office, fields, left };
  }

  player.office = { plain, read, write };
}(globalThis.imlPlayer));
