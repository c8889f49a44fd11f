// needs: record/record vendor/ts-fsrs
/* When what was missed comes back: by FSRS (vendor/ts-fsrs), with the weights that it brings. It
   reckons how long a question is remembered, and asks again on the day on which one in ten would
   be forgotten. What was missed comes back the next day; each time that it is right at once it
   waits longer; what would have to wait longer than longest (of shared.json) is learned. */
(function (player) {
  'use strict';
  const DAY = 24 * 60 * 60 * 1000;
  const { learned: LEARNED, longest: LONGEST } = player.shared.record;
  const { FSRSAlgorithm, generatorParameters, Rating } = player.fsrs;
  // Nothing is asked twice on one day, and the same answers have the same outcome everywhere.
  const memory = new FSRSAlgorithm(generatorParameters({
    enable_short_term: false, enable_fuzz: false,
  }));
  // In 0.1.0 an item waited so many days in its box: it was taken to be remembered as long.
  const BOXES = [0, 1, 3, 7, 21];

  /** Gives how well an item is remembered, of a record of any version. */
  function memoryOf(review) {
    const missed = memory.next_state(null, 0, Rating.Again);
    const { stability, difficulty, box } = review;
    return stability && difficulty ? { stability, difficulty }
      : { stability: BOXES[box] || missed.stability, difficulty: missed.difficulty };
  }

  /**
   * Gives an item's record after it came back and was answered.
   * @param {ItemEntry} record  with the new answer; its review is that of before
   * @param {boolean} right     whether it was right at once
   * @returns {ItemEntry}
   */
  function reviewed(record, right) {
    /** @type {any} */
    const { review: before, at, seq } = record;
    const days = Math.max(0, Math.round((Date.parse(at) - Date.parse(before.at)) / DAY));
    const { stability, difficulty } = memory.next_state(memoryOf(before), days,
      right ? Rating.Good : Rating.Again);
    // What was missed again comes back tomorrow, however long it had been known.
    const wait = right ? memory.next_interval(stability, days) : 1;
    const box = !right ? 0 : wait > LONGEST ? LEARNED : Math.min(before.box + 1, LEARNED - 1);
    const due = box === LEARNED ? null : player.record.inDays(at, wait);
    return Object.assign({}, record, { review: { box, due, at, seq, stability, difficulty } });
  }

  player.schedule = { reviewed };
}(globalThis.imlPlayer));
