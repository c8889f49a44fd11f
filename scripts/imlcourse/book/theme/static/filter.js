// Choosing among the entries of a page, and sorting its tables. Everything stands in the page
// already; this hides what was not chosen. The choice is kept behind the # of the address, so that
// it can be linked to and survives a reload.
'use strict';
(function () {
  const chosen = function (filter) {
    const facets = new Map();
    for (const button of filter.querySelectorAll('[aria-pressed="true"]')) {
      const { facet, value } = button.dataset;
      facets.set(facet, [...(facets.get(facet) || []), value]);
    }
    return facets;
  };

  // One of the chosen headings of each facet is enough; every facet counts.
  const fits = (entry, facets) => [...facets].every(([facet, values]) => {
    const has = (entry.getAttribute(`data-${facet}`) || '').split(' ');
    return values.some((value) => has.includes(value));
  });

  const setUp = function (filter) {
    const entries = [...document.querySelectorAll('[data-iml-entry]')];
    const buttons = [...filter.querySelectorAll('[data-facet]')];
    const found = filter.querySelector('[data-iml-found]');
    const reset = filter.querySelector('[data-iml-reset]');
    const see = filter.querySelector('[data-iml-see]');
    const find = filter.querySelector('[data-iml-find]');
    // What is typed is answered by the engine of the search: see player/search/here.js.
    const { here } = globalThis.imlPlayer || {};
    const answer = find && here && here.words ? here.among(entries, here.words) : () => null;
    const last = find ? entries[entries.length - 1].nextSibling : null;
    let shown = entries;

    // Those that answer best stand first, on the page as for whoever hears or tabs through it.
    const arrange = function (order) {
      if (order.every((entry, at) => entry === shown[at])) return;
      for (const entry of order) entry.parentNode.insertBefore(entry, last);
      shown = order;
    };

    const show = function () {
      const facets = chosen(filter);
      let count = 0;
      const answers = find ? answer(find.value) : null;
      if (find) arrange([...new Set([...(answers || []), ...entries])]);
      for (const entry of entries) {
        entry.hidden = !fits(entry, facets) || Boolean(answers && !answers.includes(entry));
        count += entry.hidden ? 0 : 1;
      }
      for (const country of document.querySelectorAll('[data-country]:not([data-iml-entry])')) {
        const code = country.dataset.country;
        country.classList.toggle('iml-off', !entries.some((entry) => !entry.hidden
          && (entry.dataset.country || '').split(' ').includes(code)));
      }
      // How many there would be with this choice too.
      for (const button of buttons) {
        if (button.getAttribute('aria-pressed') === 'true') continue;
        const { facet, value } = button.dataset;
        const more = new Map(facets);
        more.set(facet, [value]);
        const number = entries.filter((entry) => fits(entry, more)).length;
        button.querySelector('span').textContent = number;
        button.classList.toggle('iml-empty', number === 0);
      }
      found.textContent = count
        ? filter.dataset.found.replace('{n}', count).replace('{all}', entries.length)
        : answers && !facets.size ? filter.dataset.noneTyped : filter.dataset.none;
      reset.hidden = facets.size === 0 && !(find && find.value);
      see.hidden = reset.hidden || !count;
      return facets;
    };

    const keep = function (facets) {
      const said = [...facets].map(([facet, values]) => `${facet}=${values.join('+')}`).join('&');
      try {
        history.replaceState(null, '', said ? `#${said}` : location.pathname + location.search);
      } catch { /* a browser may forbid it to local files */ }
    };

    const read = function () {
      const wanted = decodeURIComponent(location.hash.slice(1));
      if (!wanted.includes('=')) return false;
      /** @type {Map<string, string>} */
      const pairs = new Map(/** @type {any} */ (wanted.split('&').map((part) => part.split('='))));
      for (const button of buttons) {
        const { facet, value } = button.dataset;
        const on = (pairs.get(facet) || '').split('+').includes(value);
        button.setAttribute('aria-pressed', String(on));
        if (on && button.closest('details')) button.closest('details').open = true;
      }
      show();
      return true;
    };

    filter.addEventListener('click', function (event) {
      const button = event.target.closest('button');
      if (!button) return;
      if (button === see) {
        const first = shown.find((entry) => !entry.hidden);
        first.tabIndex = -1;
        first.focus();
        first.scrollIntoView();
        return;
      }
      if (button === reset) {
        for (const each of buttons) each.setAttribute('aria-pressed', 'false');
        if (find) find.value = '';
        buttons[0].focus();
      } else {
        button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
      }
      keep(show());
    });
    addEventListener('hashchange', read);
    if (find) find.addEventListener('input', () => show());
    filter.hidden = false;
    if (read()) filter.scrollIntoView();
  };

  // An empty `data-sort` says that there is nothing to sort by, as of a treaty without a date.
  const text = (row, at) => row.cells[at].dataset.sort ?? row.cells[at].textContent.trim();

  const makeSortable = function (table) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach(function (head, at) {
      if (!head.dataset.imlSort) return;
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      button.title = head.dataset.imlSort;
      head.replaceChildren(button);
      button.addEventListener('click', function () {
        const down = head.getAttribute('aria-sort') === 'ascending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const language = document.documentElement.lang;
        const rows = [...table.tBodies[0].rows].sort(function (a, b) {
          const [one, other] = [text(a, at), text(b, at)];
          // What has nothing to sort by stands last in either direction.
          return Number(!one) - Number(!other)
            || (down ? -1 : 1) * one.localeCompare(other, language, { numeric: true });
        });
        table.tBodies[0].append(...rows);
      });
    });
  };

  document.addEventListener('DOMContentLoaded', function () {
    for (const filter of document.querySelectorAll('[data-iml-filter]')) setUp(filter);
    for (const table of document.querySelectorAll('.iml-sortable')) makeSortable(table);
  });
}());
