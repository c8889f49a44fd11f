// On a narrow screen, a table that does not fit, or only with a few words to a line, is shown row by
// row, each cell under the name of its column. Without this script, it scrolls by itself.
'use strict';
(function () {
  const narrow = matchMedia('(width < 52rem)');
  const fitted = new WeakMap();
  const ROLES = {
    TABLE: 'table', THEAD: 'rowgroup', TBODY: 'rowgroup', TR: 'row', TD: 'cell',
  };

  // The look takes the table apart; for the ear it stays one.
  const keepRoles = function (table) {
    for (const part of [table, ...table.querySelectorAll('thead, tbody, tr, td, th')]) {
      part.setAttribute('role', ROLES[part.tagName]
        || (part.closest('thead') ? 'columnheader' : 'rowheader'));
    }
  };

  const name = function (table) {
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    // The first column gets no names of its own: each is a heading. Theirs stands above them all.
    table.dataset.first = heads[0].textContent.trim();
    for (const row of table.tBodies[0].rows) {
      [...row.cells].forEach(function (cell, at) {
        const head = at ? heads[at].textContent.trim() : '';
        if (head) cell.dataset.label = head;
        // What is to be filled in by hand, on paper, is not shown.
        cell.classList.toggle('iml-blank', !cell.textContent.trim());
      });
    }
    keepRoles(table);
  };

  const isCramped = function (table) {
    const letter = parseFloat(getComputedStyle(table).fontSize);
    return table.rows[0].cells.length > 2 && table.clientWidth < 26 * letter;
  };

  const fit = function (wrap) {
    const table = wrap.querySelector('table');
    if (!table || !table.tHead || !table.tBodies.length) return;
    const size = [wrap.clientWidth, table.rows.length].join();
    if (fitted.get(wrap) === size) return;
    fitted.set(wrap, size);
    table.classList.remove('iml-stack');
    if (!narrow.matches || !(wrap.scrollWidth > wrap.clientWidth || isCramped(table))) return;
    name(table);
    table.classList.add('iml-stack');
  };

  const fitAnew = function (/** @type {ParentNode} */ within) {
    for (const wrap of within.querySelectorAll('.iml-table')) {
      fitted.delete(wrap);
      fit(wrap);
    }
  };

  const sizes = new ResizeObserver(function (seen) {
    for (const { target } of seen) fit(target);
  });
  const watch = function () {
    for (const wrap of document.querySelectorAll('.iml-table')) sizes.observe(wrap);
  };
  // Tables come one by one while the page is read, and are fitted before they are drawn.
  const coming = new MutationObserver(watch);
  coming.observe(document, { childList: true, subtree: true });

  document.addEventListener('DOMContentLoaded', function () {
    coming.disconnect();
    watch();
    fitAnew(document); // of some, cells have come since
    // What is folded away has no width that counts.
    document.addEventListener('toggle', (event) => fitAnew(/** @type {Element} */ (event.target)), true);
    // The pages about the record make their tables as they go.
    const made = document.querySelector('[data-iml-page]');
    if (made) new MutationObserver(watch).observe(made, { childList: true, subtree: true });
  });
}());
