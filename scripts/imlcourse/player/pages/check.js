// needs: core/dom core/texts pages/award
// texts: player.check.award player.check.code player.check.day player.check.do
//   player.check.empty player.check.full player.check.length player.check.limits
//   player.check.number player.check.other player.check.slip player.check.strange
//   player.check.track player.check.version player.check.whole
/* The page on which the code of a certificate is typed, to see whether it was copied without a slip. */
(function (player) {
  'use strict';
  const { make, icon } = player.dom;
  const { text } = player.texts;
  const SAID = {
    empty: 'player.check.empty', strange: 'player.check.strange', length: 'player.check.length',
    slip: 'player.check.slip', other: 'player.check.other',
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

  player.dom.onPage(function () {
    const place = document.querySelector('[data-iml-page="check"]');
    if (place && globalThis.imlCourse) check(place, globalThis.imlCourse);
  });
}(globalThis.imlPlayer));
