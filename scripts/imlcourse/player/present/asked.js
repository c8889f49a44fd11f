// needs: core/dom core/texts
// texts: player.present.ends player.present.extra player.present.gap player.present.letters
//   player.present.looking player.present.onward player.present.others player.present.step
//   player.right
/* Items as screens: the question, the answer when it is asked for, and why the others are wrong.
   All of it is taken from the item as it was written on the page, and nothing is answered in it. */
(function (player) {
  'use strict';
  const { make, icon } = player.dom;
  const { text } = player.texts;
  const LONG = 60; // characters in a list of screens
  const SHADES = { best: 'right', fair: 'partly', poor: 'wrong' };

  const letter = (at) => text('player.present.letters')[at] || String(at + 1);

  /** Gives the first words of something, for a list. */
  function short(node) {
    const words = node.textContent.trim();
    return words.length > LONG ? words.slice(0, words.lastIndexOf(' ', LONG)) + '…' : words;
  }

  /** Gives a copy that can stand beside the page: without names, links and controls of its own. */
  function copy(node) {
    const made = node.cloneNode(true);
    if (!(made instanceof Element)) return made;
    for (const one of made.querySelectorAll('.headerlink, details, input, select, button, .iml-built')) one.remove();
    for (const one of made.querySelectorAll('a')) one.replaceWith(...one.childNodes);
    for (const one of [made, ...made.querySelectorAll('*')]) {
      // A drawing leads to its own parts by their ids.
      if (one.closest('svg')) continue;
      for (const name of ['id', 'for', 'aria-describedby', 'aria-labelledby', 'tabindex', 'hidden']) {
        one.removeAttribute(name);
      }
    }
    return made;
  }

  const inner = (node) => Array.from(node ? copy(node).childNodes : []);

  /** Writes something with the words that an element has. */
  const said = (tag, name, node) => make(tag, name, ...inner(node));

  const stemOf = (element) => said('h2', 'iml-p-stem', element.querySelector('.iml-stem'));

  /** What the document, or the law beside it, says to it; nothing if there is nothing. */
  function grounds(answer) {
    return Array.from(answer.querySelectorAll(':scope > .iml-evidence'), (one) => said('p', 'iml-p-source', one))
      .slice(0, 1);
  }

  /**
   * Reads a list of options.
   * @param {Element} list
   * @param {ParentNode} answer  where their keys are
   * @returns {PresentOption[]}
   */
  function optionsOf(list, answer) {
    return Array.from(list.querySelectorAll(':scope > li'), function (one, at) {
      const { value } = one.querySelector('input');
      const key = answer.querySelector('[data-part="' + CSS.escape(value) + '"]');
      return { letter: letter(at), words: one.querySelector('label > span'), key,
        right: Boolean(key && key.dataset.imlRight) };
    });
  }

  /**
   * Draws options as rows with large letters; votes come into them: see vote.js.
   * @param {PresentOption[]} options
   * @param {{marked?: boolean, why?: boolean}} [how]  which are right is shown, and why
   */
  function rows(options, { marked, why } = {}) {
    return options.map(function (one) {
      const words = make('div', 'iml-p-words', said('p', '', one.words));
      const row = make('li', 'iml-p-option', make('b', 'iml-p-letter', one.letter), words);
      row.dataset.letter = one.letter;
      if (marked && one.right) {
        row.classList.add('iml-p-right');
        words.prepend(make('p', 'iml-p-mark', icon('right'), text('player.right')));
      } else if (marked) row.classList.add('iml-p-past');
      if (why && one.key) words.append(said('p', 'iml-p-why', one.key.querySelector('.iml-why')));
      return row;
    });
  }

  const listed = (items, name = '') => make('ol', 'iml-p-options ' + name, ...items);

  /**
   * Makes the stages of one question with letters: asked, answered, and why the others are wrong.
   * @param {() => Node[]} head
   * @param {PresentOption[]} options
   * @param {string} vote       under which name its votes are kept
   * @param {() => Node[]} foot  what settles it
   * @param {boolean} many
   * @returns {PresentStage[]}
   */
  function chosen(head, options, vote, foot, many) {
    const right = options.filter((one) => one.right);
    const wrong = options.filter((one) => !one.right);
    const told = right.map((one) => one.letter).join(' ');
    /** @type {PresentStage[]} */
    const stages = [
      { kind: 'asked', vote, options, many, key: told,
        draw: () => make('div', 'iml-p-asked', ...head(), listed(rows(options))) },
      // All of them stay in sight; the reason of the right one is told.
      { kind: 'answer', vote, options, many, key: told,
        draw: () => make('div', 'iml-p-asked iml-p-answer', listed(rows(options, { marked: true })),
          ...right.length === 1 && right[0].key
            ? [said('p', 'iml-p-reason', right[0].key.querySelector('.iml-why'))] : [], ...foot()) },
    ];
    for (const list of right.length > 1 ? [right, wrong] : [wrong]) {
      if (!list.some((one) => one.key && one.key.querySelector('.iml-why'))) continue;
      stages.push({ kind: 'reasons', key: told, blocks: rows(list, { marked: true, why: true }),
        draw: (blocks) => make('div', 'iml-p-asked',
          ...list === wrong ? [make('h2', 'iml-p-title', text('player.present.others'))] : [],
          listed(blocks, 'iml-p-whys')) });
    }
    return stages;
  }

  function choice(element) {
    const answer = element.querySelector('.iml-answer');
    const id = element.dataset.imlItem;
    const many = element.dataset.imlType === 'multiple';
    const [list, reasons] = element.querySelectorAll('.iml-question .iml-options');
    const options = optionsOf(list, answer);
    const foot = () => grounds(answer);
    if (!reasons) return chosen(() => [stemOf(element)], options, id, foot, many);
    // First whether it is true, then why; the answer to both comes with the reason.
    const [asked] = chosen(() => [stemOf(element)], options, id, foot, false);
    const why = element.querySelector('.iml-reasons .iml-list-name');
    const verdict = options.find((one) => one.right);
    const second = chosen(() => [said('p', 'iml-p-lead', element.querySelector('.iml-stem')),
      said('h2', 'iml-p-stem', why)], optionsOf(reasons, answer), id + '/why', foot, false);
    const { draw } = second[1];
    second[1].draw = function (blocks) {
      const drawn = draw(blocks);
      if (verdict) drawn.prepend(make('p', 'iml-p-mark iml-p-verdict', icon('right'), copy(verdict.words)));
      return drawn;
    };
    return [asked, ...second];
  }

  /**
   * Draws what is placed or completed, as it is read out; then where each part belongs.
   * @returns {PresentStage[]}
   */
  function placed(element) {
    const answer = element.querySelector('.iml-answer');
    const gapped = element.querySelector('.iml-cloze-text');
    const numbered = ['cloze', 'ordering'].includes(element.dataset.imlType);
    const draw = function () {
      const whole = make('div', 'iml-p-asked', stemOf(element));
      if (gapped) {
        whole.append(gaps(gapped));
        return whole;
      }
      const number = (list, ordered) => Array.from(list, (one, at) => make('li', 'iml-p-option',
        make('b', 'iml-p-letter', ordered ? letter(at) : String(at + 1)),
        make('div', 'iml-p-words', said('p', '', one))));
      const answers = element.querySelectorAll('.iml-lettered-text, .iml-group-text');
      const cards = element.querySelectorAll('.iml-prompt-text, .iml-card-text');
      whole.append(make('div', answers.length ? 'iml-p-columns' : '',
        listed(number(cards, !answers.length)),
        ...answers.length ? [listed(number(answers, true), 'iml-p-answers')] : []));
      return whole;
    };
    // Mistakes that somebody might make are for who makes them.
    const keys = Array.from(answer.querySelectorAll('.iml-keys > li:is([data-part], [data-iml-extra])'),
      (one, at) => keyOf(one, numbered ? at + 1 : 0));
    return [
      { kind: 'asked', draw },
      { kind: 'answer', blocks: keys, draw: (blocks) => make('div', 'iml-p-asked iml-p-answer',
        make('ul', 'iml-p-keys', ...blocks),
        ...blocks[blocks.length - 1] === keys[keys.length - 1] ? grounds(answer) : []) },
    ];
  }

  /**
   * Draws where a part belongs.
   * @param {HTMLElement} line   its line in the answer
   * @param {number} number      its place, where that is what it is known by; 0 if it is not
   */
  function keyOf(line, number) {
    // Of a gap with words to choose from, all are there.
    const key = line.querySelector('[data-iml-right] .iml-key-text') || line.querySelector('.iml-key-text');
    const why = (key.parentElement || line).querySelector('.iml-why') || line.querySelector('.iml-why');
    const about = line.querySelector(':scope > strong:not(.iml-key-text)');
    const extra = 'imlExtra' in line.dataset;
    const words = make('div', 'iml-p-words', ...about ? [said('p', 'iml-p-about', about)] : [],
      extra ? make('p', 'iml-p-about iml-p-past', text('player.present.extra'), ': ', ...inner(key))
        : make('p', 'iml-p-mark', icon('right'), said('span', '', key)),
      ...why && why.textContent.trim() ? [said('p', 'iml-p-why', why)] : []);
    return number ? make('li', 'iml-p-option', make('b', 'iml-p-letter', String(number)), words)
      : make('li', 'iml-p-key', words);
  }

  /** Writes a text with gaps: each has its number, and below stand the words to choose from. */
  function gaps(written) {
    const whole = written.cloneNode(true);
    const choices = [];
    whole.querySelectorAll('.iml-gap').forEach(function (gap, at) {
      const select = gap.querySelector('select');
      if (select) {
        const words = Array.from(select.options).filter((one) => one.value).map((one) => one.textContent);
        choices.push(make('p', 'iml-p-choices', make('b', '', String(at + 1)), ' ', words.join(' / ')));
      }
      const blank = make('span', 'iml-p-gap', String(at + 1));
      blank.setAttribute('role', 'img');
      blank.setAttribute('aria-label', text('player.present.gap', { number: at + 1 }));
      gap.replaceWith(blank);
    });
    return make('div', '', said('p', 'iml-p-cloze', whole), ...choices);
  }

  /**
   * Makes a screen of each step of a case, and one that looks back. From a step the way leads where
   * the choice of the group leads; where none was made, where the best one does.
   * @param {HTMLElement} element
   * @returns {PresentScreen[]}
   */
  function steps(element) {
    const id = element.dataset.imlItem;
    const answer = element.querySelector('.iml-answer');
    const scenes = Array.from(element.querySelectorAll('.iml-scene'));
    const numbers = new Map(scenes.map((one, at) => [one.dataset.imlStep, at + 1]));
    const screens = scenes.map(function (scene, at) {
      const step = scene.dataset.imlStep;
      const name = id + '/' + step;
      const options = optionsOf(scene.querySelector('.iml-options'), answer);
      const next = (one) => (numbers.has(one.key.dataset.imlNext) ? id + '/' + one.key.dataset.imlNext : id + '/end');
      const best = options.find((one) => one.key.dataset.imlRating === 'best') || options[0];
      const head = () => [
        ...at ? [] : [said('p', 'iml-p-lead iml-p-case', element.querySelector('.iml-stem'))],
        said('p', 'iml-p-lead', scene.querySelector('.iml-scene-text:not([data-iml-role])')),
        said('h2', 'iml-p-stem', scene.querySelector('.iml-scene-question')),
      ];
      const follows = function (one) {
        const { imlRating = '' } = one.key.dataset;
        const [row] = rows([one]);
        const mark = make('p', 'iml-p-mark iml-p-' + SHADES[imlRating], icon(SHADES[imlRating]),
          ...inner(one.key.querySelector('strong')));
        const onward = numbers.get(one.key.dataset.imlNext);
        row.querySelector('.iml-p-words').append(
          said('p', 'iml-p-why', one.key.querySelector('.iml-why')), mark,
          make('p', 'iml-p-onward', onward ? text('player.present.onward', { number: onward })
            : text('player.present.ends')));
        return row;
      };
      const key = answer.querySelector('.iml-scene-key[data-iml-step="' + CSS.escape(step) + '"]');
      /** @type {PresentScreen} */
      const screen = { id: name, item: id, kind: 'case', stages: [], chosen: '',
        title: text('player.present.step', { number: at + 1, words: short(scene.querySelector('.iml-scene-text')) }) };
      const way = () => options.find((one) => one.letter === screen.chosen);
      screen.leads = () => next(way() || best);
      screen.stages = [
        { kind: 'asked', vote: name, options, choose: true, key: best.letter,
          draw: () => make('div', 'iml-p-asked', ...head(), listed(rows(options))) },
        // What follows from the choice of the group; without one, from each.
        { kind: 'answer', key: best.letter,
          get blocks() {
            const one = way();
            return (one ? [one] : options).map(follows);
          },
          draw: (blocks) => make('div', 'iml-p-asked', listed(blocks, 'iml-p-whys'),
            ...way() && key ? grounds(key) : []) },
      ];
      return screen;
    });
    screens.push({ id: id + '/end', item: id, kind: 'case', title: text('player.present.looking'),
      stages: [{ kind: 'text', draw: () => make('div', 'iml-p-talk',
        said('p', '', answer.querySelector('.iml-debrief'))) }] });
    return screens;
  }

  /**
   * Makes the screens of an item.
   * @param {HTMLElement} element  the item as it was written
   * @param {string} [title]       what it is called in lists; its question, where it has no other
   * @returns {PresentScreen[]}
   */
  function screensOf(element, title) {
    const { imlItem: id = '' } = element.dataset;
    const stem = element.querySelector('.iml-stem').textContent.trim();
    const { imlType = '' } = element.dataset;
    if (imlType === 'scenario') return steps(element);
    const lettered = ['single', 'multiple', 'truefalse'].includes(imlType);
    return [{ id, item: id, kind: 'question', title: title || stem,
      stages: lettered ? choice(element) : placed(element) }];
  }

  player.asked = { copy, said, screensOf };
}(globalThis.imlPlayer));
