// needs: core/dom core/texts pages/award pages/signed
// texts: player.check.attendance player.check.award player.check.code player.check.day player.check.do
//   player.check.empty player.check.full player.check.length player.check.limits
//   player.check.number player.check.other player.check.slip player.check.strange
//   player.check.track player.check.version player.check.whole
//   player.signed.attended player.signed.busy player.signed.caption player.signed.changed
//   player.signed.changed.line player.signed.changed.order player.signed.course player.signed.days
//   player.signed.days.value player.signed.do player.signed.empty player.signed.file
//   player.signed.fingerprint player.signed.hours player.signed.hours.of player.signed.key
//   player.signed.key.file player.signed.limits player.signed.modules player.signed.name
//   player.signed.nobody player.signed.nokey player.signed.none player.signed.office
//   player.signed.organizer player.signed.other player.signed.place player.signed.proves
//   player.signed.reference player.signed.signer player.signed.signer.claimed player.signed.text
//   player.signed.trainer player.signed.unable player.signed.unknown player.signed.unreadable
//   player.signed.whole player.signed.whole.list
/* The page on which certificates are checked: the code of a learner's certificate, typed, to see
   whether it was copied without a slip; and certificates of attendance, which are signed. */
(function (player) {
  'use strict';
  const { make, icon } = player.dom;
  const { text } = player.texts;
  const SAID = {
    empty: 'player.check.empty', strange: 'player.check.strange', length: 'player.check.length',
    slip: 'player.check.slip', other: 'player.check.other',
    attendance: 'player.check.attendance',
  };

  /** Writes what a whole code stands for. */
  function facts(read) {
    const rows = [
      ['player.check.award', read.role ? text('player.check.track', { name: read.name })
        : text('player.check.full')],
      ['player.check.day', player.texts.day(read.date + 'T12:00:00')],
      ['player.check.version', read.version],
      ['player.check.number', read.number],
    ];
    return make('dl', 'iml-check-facts', ...rows.map(([key, words]) =>
      make('div', '', make('dt', '', text(key)), make('dd', '', words))));
  }

  /**
   * Makes the page.
   * @param {HTMLElement} place
   * @param {Course} course
   */
  function check(place, course) {
    const label = make('label', '', text('player.check.code'));
    const field = make('input', '');
    const told = make('div', 'iml-check-told');
    const form = make('form', 'iml-check-form', label, field,
      make('button', 'iml-button iml-check', text('player.check.do')));
    field.type = 'text';
    field.inputMode = 'numeric';
    field.autocomplete = 'off';
    field.spellcheck = false;
    field.dir = 'ltr';
    field.id = label.htmlFor = 'iml-check-code';
    field.setAttribute('aria-describedby', told.id = 'iml-check-told');
    told.setAttribute('role', 'status');
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      const read = player.award.readCode(course, field.value);
      const whole = read.outcome === 'whole';
      field.setAttribute('aria-invalid', String(!whole));
      told.className = 'iml-check-told iml-' + (whole ? 'right' : 'wrong');
      if (whole) {
        told.replaceChildren(make('p', '', icon('right'), ' ',
          make('strong', '', text('player.check.whole'))),
        facts(read), make('p', '', text('player.check.limits')));
      } else {
        told.replaceChildren(make('p', '', icon('wrong'), ' ', text(SAID[read.outcome], read)));
        field.focus();
      }
    });
    place.replaceChildren(form, told);
  }

  const SIGNED = {
    empty: 'player.signed.empty', nokey: 'player.signed.nokey', other: 'player.signed.other',
    unable: 'player.signed.unable', unreadable: 'player.signed.unreadable',
    changed: 'player.signed.changed', unknown: 'player.signed.unknown',
  };
  const HOUR = 60;
  const MOST = 500; // lines of a list that are shown; all of them are checked

  function hours(minutes) {
    return text('player.signed.hours', {
      hours: Math.floor(minutes / HOUR), minutes: minutes % HOUR,
    });
  }

  /** Gives what a module is called: as the list says, as this course does, or by its id. */
  function moduleName(course, id, names) {
    const here = course.modules.find((one) => one.id === id);
    return String(names[id] || (here ? here.label + ': ' + here.title : id));
  }

  /** Gives the number of a module, which is all that a line of a list has room for. */
  function moduleNumber(course, id) {
    const here = course.modules.find((one) => one.id === id);
    const number = here && /\p{Nd}+/u.exec(here.label);
    return number ? number[0] : here ? here.label : String(id);
  }

  /** Writes names and values, those that say something. */
  function listed(rows) {
    return make('dl', 'iml-check-facts', ...rows.filter(([, words]) => words).map(([key, words]) =>
      make('div', '', make('dt', '', text(key)), make('dd', '', words))));
  }

  function signer(outcome) {
    const { key, state } = outcome;
    const known = state === 'whole' ? 'player.signed.signer' : 'player.signed.signer.claimed';
    return listed([
      [known, key.holder || text('player.signed.nobody')],
      ['player.signed.fingerprint', key.fingerprint],
    ]);
  }

  /** Writes what a certificate says. */
  function certificate(course, said) {
    const at = (day) => player.texts.day(day + 'T12:00:00');
    return listed([
      ['player.signed.name', said.name],
      ['player.signed.office', said.office],
      ['player.signed.attended', text('player.signed.hours.of',
        { attended: hours(said.minutes), whole: hours(said.of) })],
      ['player.signed.modules', player.texts.listed(said.modules.map((id) =>
        moduleName(course, id, {}))) || text('player.signed.none')],
      ['player.signed.days', said.from === said.to ? at(said.from)
        : text('player.signed.days.value', { first: at(said.from), last: at(said.to) })],
      ['player.signed.place', said.place],
      ['player.signed.organizer', said.organizer],
      ['player.signed.trainer', said.trainer],
      ['player.signed.course', said.course === course.id ? course.title + ' ' + said.edition
        : said.course + ' ' + said.edition],
      ['player.signed.reference', said.ref],
    ]);
  }

  /** Writes the lines of a list as a table. */
  function table(course, outcome) {
    const heads = ['player.signed.name', 'player.signed.attended', 'player.signed.modules',
      'player.signed.reference'];
    const rows = outcome.list.slice(0, MOST).map(function (said) {
      const name = make('th', '', said.name);
      name.scope = 'row';
      name.dir = 'auto';
      return make('tr', '', name, make('td', '', hours(said.minutes)),
        make('td', '', player.texts.enumerated(said.modules.map((id) =>
          moduleNumber(course, id))) || text('player.signed.none')), make('td', '', said.ref));
    });
    const head = make('tr', '', ...heads.map(function (key) {
      const cell = make('th', '', text(key));
      cell.scope = 'col';
      return cell;
    }));
    const caption = make('caption', '', text('player.signed.caption', { count: outcome.list.length }));
    const around = make('div', 'iml-signed-list', make('table', '', caption,
      make('thead', '', head), make('tbody', '', ...rows)));
    caption.id = 'iml-signed-caption';
    around.tabIndex = 0;
    around.setAttribute('role', 'region');
    around.setAttribute('aria-labelledby', caption.id);
    return around;
  }

  /** Writes what was found. */
  function found(course, outcome) {
    const whole = outcome.state === 'whole';
    const good = whole || outcome.state === 'unknown';
    const key = whole ? (outcome.list ? 'player.signed.whole.list' : 'player.signed.whole')
      : SIGNED[outcome.state];
    /** @type {Node[]} */
    const nodes = [make('p', '', ...(outcome.state === 'unknown' ? []
      : [icon(whole ? 'right' : 'wrong'), ' ']), make('strong', '', text(key)))];
    if (outcome.state === 'changed' && outcome.changed) {
      nodes.push(outcome.changed.length ? make('ul', '', ...outcome.changed.map((one) =>
        make('li', '', text('player.signed.changed.line', one))))
        : make('p', '', text('player.signed.changed.order')));
    }
    if (good) {
      nodes.push(signer(outcome), outcome.list ? table(course, outcome)
        : certificate(course, outcome.said), make('p', '', text('player.signed.proves')));
    }
    return { whole, nodes };
  }

  /**
   * Makes the form for certificates of attendance.
   * @param {HTMLElement} place
   * @param {Course} course
   */
  function checkSigned(place, course) {
    const told = make('div', 'iml-check-told');
    told.id = 'iml-signed-told';
    told.setAttribute('role', 'status');

    /** Makes a field to paste into, and a button that reads a file in its place. */
    function field(name, key, fileKey, accept) {
      const area = make('textarea', '');
      const file = make('input', '');
      const label = make('label', '', text(key));
      const fileLabel = make('label', '', text(fileKey));
      area.id = label.htmlFor = 'iml-signed-' + name;
      file.id = fileLabel.htmlFor = area.id + '-file';
      file.type = 'file';
      file.accept = accept;
      area.rows = 3;
      area.spellcheck = false;
      area.autocapitalize = 'off';
      area.dir = 'ltr';
      let read = '';
      area.addEventListener('input', function () {
        read = '';
        file.value = '';
      });
      file.addEventListener('change', async function () {
        const [chosen] = file.files || [];
        read = chosen ? await chosen.text() : '';
        area.value = '';
      });
      return {
        area, value: () => read || area.value,
        nodes: [label, area, make('p', 'iml-signed-file', fileLabel, ' ', file)],
      };
    }

    const signed = field('text', 'player.signed.text', 'player.signed.file', '.json,.txt');
    const known = field('key', 'player.signed.key', 'player.signed.key.file', '.txt');
    signed.area.setAttribute('aria-describedby', told.id);
    const form = make('form', 'iml-check-form iml-signed-form', ...signed.nodes, ...known.nodes,
      make('button', 'iml-button iml-check', text('player.signed.do')));
    form.addEventListener('submit', async function (event) {
      event.preventDefault();
      told.className = 'iml-check-told';
      told.textContent = text('player.signed.busy');
      const outcome = await player.signed.check(signed.value(), known.value());
      const { whole, nodes } = found(course, outcome);
      told.className = 'iml-check-told iml-' +
        (whole ? 'right' : outcome.state === 'unknown' ? 'unsure' : 'wrong');
      told.replaceChildren(...nodes);
      const field_ = outcome.state === 'nokey' ? known.area : signed.area;
      signed.area.removeAttribute('aria-invalid');
      known.area.removeAttribute('aria-invalid');
      if (!whole && outcome.state !== 'unknown') {
        field_.setAttribute('aria-invalid', 'true');
        field_.focus();
      }
    });
    place.replaceChildren(form, told, make('p', '', text('player.signed.limits')));
  }

  player.dom.onPage(function () {
    const below = /** @type {HTMLElement | null} */ (document.querySelector('[data-iml-signed]'));
    if (below && globalThis.imlCourse) checkSigned(below, globalThis.imlCourse);
    const place = document.querySelector('[data-iml-page="check"]');
    if (place && globalThis.imlCourse) check(place, globalThis.imlCourse);
  });
}(globalThis.imlPlayer));
