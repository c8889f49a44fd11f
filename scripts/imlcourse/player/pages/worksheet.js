// needs: core/dom core/texts record/record record/store
// texts: player.work.count player.work.kept player.work.not-kept player.work.print
//   player.work.rate.* player.work.save player.work.sum.*
/* Worksheets: what the learner writes is kept as it is written, with the points that the learner
   and a colleague gave it by the rubric. An entry of the record, work/<id>: {v, at,
   fields: {part: {text, at}}, self: {criterion: {points, at}}, peer: the same}; for at, see
   record.js. */
(function (player) {
  'use strict';
  const { make, button, listen } = player.dom;
  const { text } = player.texts;
  const REST = 600; // how long writing has to pause before it is kept, in milliseconds
  const MOST = player.shared.worksheet.most;

  function countWords(words) {
    return (words.match(/[\p{L}\p{N}]+(?:[’'.-][\p{L}\p{N}]+)*/gu) || []).length;
  }

  /**
   * Lets a learner write into a worksheet.
   * @param {HTMLElement} root    the worksheet as it stands in the page
   * @param {object} store    the learner's store
   * @returns {() => void} what takes away the listeners that stand outside the worksheet
   */
  function worksheet(root, store) {
    const id = root.dataset.imlWorksheet;
    const key = 'work/' + id;
    const state = make('p', 'iml-work-state');
    const areas = new Map();
    const rates = [];
    const changed = new Map(); // fields written in since they were last kept
    let waiting = 0;
    state.setAttribute('role', 'status');

    function entry() {
      return store.get(key) || { v: player.record.FORMAT, fields: {}, self: {}, peer: {} };
    }

    /** Keeps what was written, and says whether it is kept. */
    function keep() {
      clearTimeout(waiting);
      if (!changed.size) return;
      const now = player.record.stamp();
      const before = entry();
      const fields = Object.assign({}, before.fields);
      for (const [part, words] of changed) fields[part] = Object.assign({ text: words }, now);
      changed.clear();
      put(Object.assign({}, before, { fields }, now));
    }

    function put(made) {
      store.put(key, made).then(function (kept) {
        state.textContent = text(kept ? 'player.work.kept' : 'player.work.not-kept');
      });
    }

    function writeInto(field, number) {
      const area = make('textarea', '');
      area.dir = 'auto'; // whatever the language that is written in
      const label = make('label', 'iml-field-label');
      const hint = field.querySelector('.iml-hint');
      const count = make('p', 'iml-count');
      const printed = make('div', 'iml-printed');
      area.id = id + '-' + field.dataset.imlField;
      area.rows = Math.max(2, Math.round(field.dataset.words / 14));
      area.autocomplete = 'off';
      area.readOnly = true; // until what was written before is there
      hint.id = area.id + '-hint';
      area.setAttribute('aria-describedby', hint.id);
      label.htmlFor = area.id;
      label.append(...field.querySelector('.iml-field-label').childNodes);
      field.querySelector('.iml-field-label').replaceWith(label);
      field.append(area, count, printed);

      function show() {
        count.textContent = text('player.work.count',
          { n: countWords(area.value), about: field.dataset.words });
        // A text area prints as a box that cuts off what does not fit.
        printed.textContent = area.value;
      }

      area.addEventListener('input', function () {
        show();
        changed.set(field.dataset.imlField, area.value);
        clearTimeout(waiting);
        waiting = setTimeout(keep, REST);
      });
      area.addEventListener('blur', keep);
      areas.set(field.dataset.imlField, { area, show, number });
    }

    function rateIn(cell, criterion) {
      const who = cell.dataset.imlRate;
      const select = make('select', 'iml-select');
      const none = make('option', '', '–');
      none.value = '';
      select.append(none);
      for (let points = 0; points <= MOST; points += 1) {
        const option = make('option', '', String(points));
        option.value = String(points);
        select.append(option);
      }
      const head = cell.closest('li').querySelector('.iml-criterion').textContent;
      select.setAttribute('aria-label', text('player.work.rate.' + who, { criterion: head }));
      select.autocomplete = 'off';
      select.addEventListener('change', function () {
        const now = player.record.stamp();
        const before = entry();
        const points = select.value === '' ? null : Number(select.value);
        put(Object.assign({}, before,
          { [who]: Object.assign({}, before[who], { [criterion]: Object.assign({ points }, now) }) },
          now));
        total();
      });
      cell.replaceChildren(select);
      rates.push({ who, criterion, select });
    }

    const sum = make('p', 'iml-work-sum');
    sum.setAttribute('role', 'status');

    function total() {
      const parts = ['self', 'peer'].map(function (who) {
        const given = rates.filter((one) => one.who === who && one.select.value !== '');
        if (!given.length) return '';
        return text('player.work.sum.' + who, {
          points: given.reduce((points, one) => points + Number(one.select.value), 0),
          most: MOST * given.length,
        });
      });
      sum.textContent = parts.filter(Boolean).join(' ');
    }

    /** Puts in what is kept; a part that is being written in is left alone. */
    function refresh() {
      const kept = entry();
      for (const [part, { area, show }] of areas) {
        const words = kept.fields[part] ? kept.fields[part].text : '';
        const begun = !area.readOnly && (changed.has(part) || area === document.activeElement);
        if (area.value !== words && !begun) area.value = words;
        area.readOnly = false;
        show();
      }
      for (const { who, criterion, select } of rates) {
        const given = kept[who] && kept[who][criterion];
        select.value = given && given.points !== null ? String(given.points) : '';
      }
      total();
    }

    function asText() {
      const title = root.dataset.title;
      const parts = Array.from(areas.values(), ({ area }) => {
        const label = area.labels[0].textContent;
        return label + '\n' + area.value.trim() + '\n';
      });
      return title + '\n\n' + parts.join('\n');
    }

    function print() {
      keep();
      document.documentElement.classList.add('iml-print-work');
      addEventListener('afterprint', function () {
        document.documentElement.classList.remove('iml-print-work');
      }, { once: true });
      globalThis.print();
    }

    Array.from(root.querySelectorAll('[data-iml-field]')).forEach(writeInto);
    for (const cell of root.querySelectorAll('[data-iml-rate]')) {
      rateIn(cell, cell.closest('li').dataset.imlCriterion);
    }
    root.querySelector('.iml-fields').after(
      make('p', 'iml-actions', button('iml-button', text('player.work.print'), print), ' ',
        button('iml-button', text('player.work.save'),
          () => player.dom.download(id + '.txt', asText(), 'text/plain'))), state);
    root.querySelector('.iml-rubric').after(sum);
    const endings = [
      listen(globalThis, 'pagehide', keep),
      listen(document, 'visibilitychange', () => { if (document.hidden) keep(); }),
      store.listen(player.dom.later(() => { if (ready) refresh(); })),
    ];
    let ready = false;
    store.load().then(function () {
      ready = true;
      refresh();
    });
    return function () {
      keep();
      for (const action of endings) action();
    };
  }

  player.worksheet = worksheet;
  player.dom.onPage(function (options) {
    for (const root of document.querySelectorAll('[data-iml-worksheet]')) {
      worksheet(root, player.store.open(options));
    }
  });
}(globalThis.imlPlayer));
