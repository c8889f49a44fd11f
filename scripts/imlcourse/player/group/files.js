// needs: core/core
/* Files that a trainer gives, read as texts; and rows that are saved as CSV. */
(function (player) {
  'use strict';
  const KINDS = {
    json: 'records', jsonl: 'records', ndjson: 'records', csv: 'table', tsv: 'table', txt: 'codes',
  };
  const WORKBOOKS = ['xlsx', 'xls', 'ods'];
  const FORMULA = /^[=+\-@\t\r]/; // a spreadsheet would run it

  /**
   * Reads the bytes of a file.
   * @param {string} name
   * @param {ArrayBuffer} data
   * @returns {GroupFile}
   */
  function read(name, data) {
    const ending = (name.match(/\.([^.]+)$/) || ['', ''])[1].toLowerCase();
    const kind = Object.hasOwn(KINDS, ending) ? KINDS[ending] : '';
    if (!kind) return { name, kind, text: '', wrong: WORKBOOKS.includes(ending) ? 'workbook' : 'kind' };
    const [first, second] = new Uint8Array(data.slice(0, 2));
    const wide = first === 255 && second === 254 ? 'utf-16le'
      : first === 254 && second === 255 ? 'utf-16be' : 'utf-8';
    try {
      return { name, kind, text: new TextDecoder(wide, { fatal: true }).decode(data) };
    } catch {
      return { name, kind, text: '', wrong: 'encoding' };
    }
  }

  /** Writes rows as CSV that spreadsheets open; no cell of text is a formula. */
  function csv(rows) {
    const cell = function (value) {
      const words = typeof value === 'string' && FORMULA.test(value) ? "'" + value : String(value);
      return /[",\r\n]/.test(words) ? '"' + words.replaceAll('"', '""') + '"' : words;
    };
    return '\ufeff' + rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
  }

  player.groupFiles = { read, csv };
}(globalThis.imlPlayer));
