// needs: core/dom core/texts record/code record/record record/store vendor/lean-qr
// texts: player.code.copied player.code.copy player.code.head player.code.lead player.code.limits
//   player.code.none player.code.selected player.code.square player.code.yours
/* What a trainer takes from the screen at the end of a test: the code of the result, to be typed,
   and the same as a QR code, to be photographed. record/code.js says what a code is. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;
  const SPACE = 'http://www.w3.org/2000/svg';
  const MARGIN = 4; // modules, as the standard asks

  /** Draws a QR code; black on white in every scheme, since cameras want it so. */
  function square(words, label) {
    const { generate, mode, correction } = player.qr;
    const map = generate(mode.alphaNumeric(words), { minCorrectionLevel: correction.M });
    let path = '';
    for (let y = 0; y < map.size; y += 1) {
      for (let x = 0; x < map.size; x += 1) {
        if (!map.get(x, y)) continue;
        let width = 1;
        while (map.get(x + width, y)) width += 1;
        path += 'M' + (x + MARGIN) + ' ' + (y + MARGIN) + 'h' + width + 'v1h-' + width + 'z';
        x += width;
      }
    }
    const size = map.size + 2 * MARGIN;
    const shape = (tag, values) => {
      const element = document.createElementNS(SPACE, tag);
      for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
      return element;
    };
    const svg = shape('svg', {
      class: 'iml-code-square', viewBox: '0 0 ' + size + ' ' + size, role: 'img',
      'aria-label': label, 'shape-rendering': 'crispEdges',
    });
    svg.append(shape('rect', { width: size, height: size, fill: 'white' }),
      shape('path', { d: path, fill: 'black' }));
    return svg;
  }

  /** Copies a text that stands in an element; where the browser forbids it, selects it. */
  async function copy(words, element) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch (error) { // nor is there a clipboard on pages without a secure address
      const selection = /** @type {Selection} */ (globalThis.getSelection());
      selection.selectAllChildren(element);
      return document.execCommand('copy');
    }
  }

  /**
   * Shows the code of a finished test.
   * @param {Quiz} quiz
   * @param {{code: CodedTest}} setup  what the test is: see test.js
   * @param {Attempt} of
   * @param {{objective: string, points: number, count: number}[]} rows  its result by objective
   * @param {string} score  the result in words, for paper
   * @param {number} level  of the heading
   * @returns {HTMLElement}
   */
  function coded(quiz, setup, of, rows, score, level) {
    const head = make('h' + Math.min(level, 6), 'iml-code-head', text('player.code.head'));
    const { begunAt } = player.record;
    const earlier = player.record.attemptsAt(quiz.store, of.test).filter((one) => one.ended &&
      one.id !== of.id && begunAt(one) < begunAt(of));
    const code = player.code.encode(setup.code, {
      person: player.code.personOf(player.store.accountOf(quiz.store)),
      attempt: earlier.length + 1, ended: /** @type {string} */ (of.ended),
      present: of.items.every(({ id, version }) => {
        const there = quiz.written.get(id);
        return there ? there.dataset.imlVersion === version : false;
      }),
      points: player.code.pointsFor(setup.code, rows),
    });
    if (!code) return make('div', 'iml-code', head, make('p', '', text('player.code.none')));
    const shown = player.code.grouped(code);
    const signs = make('p', 'iml-code-signs', shown);
    const said = make('span', 'iml-code-said');
    signs.dir = 'ltr';
    said.setAttribute('role', 'status');
    return make('div', 'iml-code', make('div', 'iml-code-words', head,
      make('p', 'iml-code-score', score),
      make('p', '', text('player.code.lead')), signs,
      make('div', 'iml-actions', button('iml-button', text('player.code.copy'), async function () {
        const done = await copy(shown, signs);
        said.textContent = text(done ? 'player.code.copied' : 'player.code.selected');
      }), said),
      make('p', 'iml-code-small', text('player.code.yours', { person: shown.slice(5, 9) }), ' ',
        text('player.code.limits'))),
    square(player.code.PREFIX + shown, text('player.code.square', { code: shown })));
  }

  player.coded = coded;
}(globalThis.imlPlayer));
