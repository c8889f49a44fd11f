// needs: core/values
/* What an attempt at a test comes to. Nothing here touches the page. */
(function (player) {
  'use strict';

  /** Says whether an item was answered. */
  function isAnswered(attempt, id) {
    const given = attempt.answers[id];
    return Boolean(given && given.response !== null);
  }

  /** Gives the places, counted from 1, of the items that were not answered. */
  function unanswered(attempt) {
    return Array.from(attempt.items.entries()).filter(([, { id }]) => !isAnswered(attempt, id))
      .map(([place]) => place + 1);
  }

  /**
   * Ends an attempt.
   * @param {Attempt} attempt
   * @param {number | null} pass                  per cent that pass the test, if any do
   * @param {(id: string) => Share} pointsOf      what the answer to an item has earned
   * @param {Time} now
   * @returns {Attempt} the same, with results, points, passed and ended
   */
  function marked(attempt, pass, pointsOf, now) {
    const results = Object.fromEntries(attempt.items.map(({ id }) =>
      [id, isAnswered(attempt, id) ? pointsOf(id) : 0]));
    const sum = Object.values(results).reduce((all, one) => all + one, 0);
    const points = attempt.items.length ? sum / attempt.items.length : 0;
    return Object.assign({}, attempt, {
      results, points, passed: pass ? points * 100 + 1e-9 >= pass : null, ended: now, at: now,
    });
  }

  /**
   * Tells an attempt by objective.
   * @param {Attempt} attempt
   * @param {(id: string) => string | undefined} objectiveOf  of an item; none if it is gone
   * @returns {{objective: string, points: number, count: number}[]} in the order of their ids
   */
  function byObjective(attempt, objectiveOf) {
    const sums = new Map();
    for (const { id } of attempt.items) {
      const objective = objectiveOf(id);
      if (!objective) continue;
      const line = sums.get(objective) || { objective, points: 0, count: 0 };
      line.points += attempt.results[id] || 0;
      line.count += 1;
      sums.set(objective, line);
    }
    return Array.from(sums.values()).sort((a, b) => (a.objective < b.objective ? -1 : 1));
  }

  /**
   * Tells what byObjective gives by module.
   * @param {{objective: string, points: number, count: number}[]} rows
   * @returns {{module: string, points: number, count: number}[]} in the order of their ids
   */
  function byModule(rows) {
    const sums = new Map();
    for (const { objective, points, count } of rows) {
      const module = player.values.moduleOf(objective);
      const line = sums.get(module) || { module, points: 0, count: 0 };
      line.points += points;
      line.count += count;
      sums.set(module, line);
    }
    return Array.from(sums.values());
  }

  player.marking = { isAnswered, unanswered, marked, byObjective, byModule };
}(globalThis.imlPlayer));
