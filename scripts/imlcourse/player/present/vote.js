// needs: core/dom core/texts
// texts: player.locale player.present.vote.again player.present.vote.clear player.present.vote.count
//   player.present.vote.first player.present.vote.more player.present.vote.second
//   player.present.vote.share player.present.vote.total.*
/* A show of hands: how many were for each letter, typed in or counted up by key, and once more after
   people have talked. It is kept while the module is presented, and nowhere else. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text, form } = player.texts;
  const MOST = 999;
  const ROUNDS = ['player.present.vote.first', 'player.present.vote.second'];

  /** Makes what keeps the votes of all questions. */
  function votes() {
    /** @type {Map<string, Record<string, number>[]>} */
    const kept = new Map();
    const sum = (round) => Object.values(round).reduce((all, one) => all + one, 0);
    const has = (key) => Boolean((kept.get(key) || []).some(sum));

    /**
     * Puts the votes into the rows of the options.
     * @param {HTMLElement} place
     * @param {PresentStage} stage
     * @param {boolean} open   whether votes can be given
     * @param {() => void} changed  is called when the rows have become higher or lower
     */
    function into(place, stage, open, changed) {
      const key = stage.vote || '';
      if (!open && !has(key)) return;
      if (!kept.has(key)) kept.set(key, [{}]);
      const rounds = kept.get(key) || [];
      const lists = [];
      const total = make('p', 'iml-p-total');
      total.setAttribute('role', 'status');

      for (const row of place.querySelectorAll('.iml-p-option')) {
        const { letter } = row.dataset;
        const lines = rounds.map(function (round, at) {
          const bar = make('span', 'iml-p-bar');
          const told = make('span', 'iml-p-count');
          const line = make('div', 'iml-p-votes', ...rounds.length > 1
            ? [make('span', 'iml-p-round', text(ROUNDS[at]))] : [], bar, told);
          if (open && at === rounds.length - 1) {
            const field = make('input', 'iml-p-field');
            Object.assign(field, { type: 'number', min: '0', max: String(MOST), inputMode: 'numeric' });
            field.value = round[letter] ? String(round[letter]) : '';
            field.setAttribute('aria-label', text('player.present.vote.count', { letter }));
            field.addEventListener('input', function () {
              round[letter] = Math.max(0, Math.min(MOST, Math.floor(Number(field.value)) || 0));
              if (field.value.length > String(MOST).length) field.value = String(round[letter]);
              show();
            });
            field.addEventListener('keydown', function (event) {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              const all = Array.from(place.querySelectorAll('.iml-p-field'));
              all[(all.indexOf(field) + 1) % all.length].focus();
            });
            const more = button('iml-p-more', '+', () => add(letter, 1));
            more.setAttribute('aria-label', text('player.present.vote.more', { letter }));
            line.append(field, more);
            lists.push({ round, letter, bar, told, field });
          } else lists.push({ round, letter, bar, told, field: null });
          return line;
        });
        row.querySelector('.iml-p-words').append(...lines);
      }

      function show() {
        for (const { round, letter, bar, told, field } of lists) {
          const count = round[letter] || 0;
          const all = sum(round);
          // Where several may be right, a person has several hands: the longest bar is full.
          const most = stage.many ? Math.max(1, ...Object.values(round)) : Math.max(1, all);
          bar.style.setProperty('--iml-share', 100 * count / most + '%');
          const share = Math.round(100 * count / Math.max(1, all));
          told.textContent = !all ? '' : stage.many ? count.toLocaleString(text('player.locale'))
            : text('player.present.vote.share', { count, share });
          if (field && document.activeElement !== field) field.value = count ? String(count) : '';
        }
        const now = sum(rounds[rounds.length - 1]);
        total.textContent = now && !stage.many
          ? text('player.present.vote.total.' + form(now), { count: now }) : '';
      }

      /** Counts one hand up or down. */
      function add(letter, by) {
        const round = rounds[rounds.length - 1];
        round[letter] = Math.max(0, Math.min(MOST, (round[letter] || 0) + by));
        show();
      }

      if (open) {
        const again = button('iml-p-small', text('player.present.vote.again'), function () {
          rounds.push({});
          changed();
        });
        again.hidden = rounds.length > 1;
        const clear = button('iml-p-small', text('player.present.vote.clear'), function () {
          kept.delete(key);
          changed();
        });
        place.append(make('div', 'iml-p-vote-foot', total, again, clear));
      }
      show();
      return add;
    }

    return { into, has };
  }

  player.votes = votes;
}(globalThis.imlPlayer));
