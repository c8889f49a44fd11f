// needs: core/items core/seal core/values group/definition types/*
/* The questions that a group was asked, opened from the files that the book has of them: those of
   the pages on which mistakes come back, and those of the tests, which are sealed. Each is loaded
   when an answer to one of its questions is there. */
(function (player) {
  'use strict';
  const { moduleOf } = player.values;
  const HELD = 'held'; // kept for the tests around the course

  /** Names the files in which some items are. */
  function filesOf(course, ids) {
    const files = new Set();
    for (const id of ids) {
      const { place } = course.items[id];
      if (place === HELD) {
        files.add('sealed-before-after.js');
        files.add('sealed-start-check.js');
        continue;
      }
      files.add('practice-' + moduleOf(id) + '.js');
      if (place === 'quiz') files.add('sealed-' + moduleOf(id) + '.js');
    }
    return Array.from(files).sort();
  }

  /** Gives an item with its question and its answer; null where no file has it. */
  function elementOf(id, { place }, types) {
    if (place === HELD) {
      const element = document.createElement('div');
      element.id = 'group-' + id;
      Object.assign(element.dataset, { imlItem: id, imlType: types[id] || '', imlSealedItem: '' });
      return player.seal.unsealItem(element) ? element : null;
    }
    const element = player.seal.itemOf(id);
    if (!element) return null;
    const answer = player.seal.answerOf(element);
    if (answer) element.append(answer);
    return element;
  }

  const wordsOf = (element) => (element ? element.textContent.trim() : '');

  /** Gives what is shown of an item: the question, its options, the key, and what settles it. */
  function shownOf(element, kind) {
    const answer = element.querySelector('.iml-answer');
    const keys = new Map(Array.from(answer.querySelectorAll('.iml-keys > [data-part]'),
      (/** @type {any} */ one) => [one.dataset.part, one]));
    /** @type {any} */
    const shown = {
      stem: wordsOf(element.querySelector('.iml-stem')), texts: new Map(), reasons: new Map(),
    };
    for (const input of element.querySelectorAll('.iml-options input')) {
      shown.texts.set(input.value, wordsOf(input.closest('label').querySelector('span')));
      shown.reasons.set(input.value, wordsOf((keys.get(input.value) || answer).querySelector('.iml-why')));
    }
    shown.settles = Array.from(answer.querySelectorAll('.iml-evidence'), (one) => one.cloneNode(true));
    const again = answer.querySelector('.iml-reading a');
    shown.again = again && again.cloneNode(true);
    const view = player.items.view(element);
    shown.key = player.types[kind].answer(view);
    return shown;
  }

  /**
   * Opens items: puts what counts their answers into the course, and what is shown of them.
   * @param {GroupCourse} course
   * @param {string[]} ids
   * @param {Record<string, string>} types  of those that are kept for tests
   * @param {string} root  what leads to the root of the book
   */
  async function open(course, ids, types, root) {
    const known = ids.filter((id) => Object.hasOwn(course.items, id) && !course.items[id].shown);
    const quiz = document.createElement('div');
    // What one of them lacks is left out; the others are there all the same.
    for (const file of filesOf(course, known)) {
      quiz.dataset.imlSealedIn = root + '_static/' + file;
      await player.seal.sealedOf(quiz);
    }
    for (const id of known) {
      const item = course.items[id];
      try {
        const element = elementOf(id, item, types);
        if (!element) continue;
        const kind = element.dataset.imlType || '';
        Object.assign(item, player.definition.define(element, kind));
        item.shown = shownOf(element, kind);
      } catch (error) {
        // The figures of the others stand; of this one, the page says that it cannot be shown.
        console.warn('imlPlayer: not opened:', id, error);
      }
    }
  }

  player.opened = { open, HELD };
}(globalThis.imlPlayer));
