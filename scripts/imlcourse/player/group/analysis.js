// needs: core/values group/statistics
/* From what people answered to what a trainer wants to know: the same figures, in the same order,
   as imlcourse/results/analysis.py, which says what each of them is. Numbers and ids alone. */
(function (player) {
  'use strict';
  const { moduleOf } = player.values;
  const { FEWEST, mean, correlation, alpha, kr20, shareInterval, pairedGain } = player.statistics;
  const [BEFORE, AFTER, FINAL, START] = ['pre-test', 'post-test', 'final-test', 'start-check'];
  const PRACTICE = 'practice'; // what stands for a test where an item was answered in practice
  const STAGES = ['before', 'during', 'after'];
  const ORDER = [START, BEFORE, PRACTICE, '', FINAL, AFTER];
  const WEAK = player.shared.mastery.weak;
  const MOST_TO_DEBRIEF = 10;
  const FEWEST_MISSES = 2; // what one person alone has missed is no subject for the room

  const stageOf = (test) => ([BEFORE, START].includes(test) ? 'before'
    : [AFTER, FINAL].includes(test) ? 'after' : 'during');
  const isRight = (answer) => answer.points >= 1;
  const pointsOf = (sitting) =>
    sitting.answers.reduce((all, one) => all + one.points, 0) / Math.max(1, sitting.answers.length);

  /** Compares lists part by part. */
  function compare(one, other) {
    for (let at = 0; at < one.length; at += 1) {
      if (one[at] < other[at]) return -1;
      if (one[at] > other[at]) return 1;
    }
    return 0;
  }

  function sorted(list, name) {
    return list.map((one) => /** @type {[any, any]} */ ([name(one), one]))
      .sort((a, b) => compare(a[0], b[0])).map(([, one]) => one);
  }

  /** Puts things into groups, by a list of words or by one. */
  function grouped(list, name) {
    /** @type {Map<string, any[]>} */
    const groups = new Map();
    for (const one of list) {
      const key = JSON.stringify(name(one));
      const there = groups.get(key);
      if (there) there.push(one);
      else groups.set(key, [one]);
    }
    return Array.from(groups.values());
  }

  const first = (learner, test) => learner.sittings.find((one) => one.test === test);
  const last = (learner, test) => learner.sittings.findLast
    ? learner.sittings.findLast((one) => one.test === test)
    : learner.sittings.filter((one) => one.test === test).pop();
  const testsOf = (learner) => Array.from(new Set(learner.sittings.map((one) => one.test)));
  const practised = (learner) => (learner.practice.length
    ? [{ test: PRACTICE, begun: 0, edition: '', answers: learner.practice }] : []);
  /** Gives the first sitting of each test, and the first answers in practice as one more. */
  const firsts = (learner) =>
    testsOf(learner).map((test) => first(learner, test)).concat(practised(learner));
  const place = (test) => ORDER.indexOf(ORDER.includes(test) ? test : '');

  /**
   * Works out all figures.
   * @param {GroupCourse} course
   * @param {Record<string, GroupLearner>} learners  by pseudonym
   */
  function analyse(course, learners) {
    const { items } = course;
    // What a result code tells is of an objective, a module or a test, and of no item.
    const isPresent = (one) => (one.item
      ? Object.hasOwn(items, one.item) && items[one.item].version === one.version
      : one.version === '');
    const objectiveOf = (one) => (one.item ? items[one.item].objective : one.objective);
    const known = new Set(course.objectives.flat());
    /** Gives what is told of an objective, or of a module alone, as some codes do. */
    const ofObjectives = (answers) =>
      answers.filter((one) => isPresent(one) && known.has(objectiveOf(one)));
    /** Names the edition of a test: nothing where the course asks all of it in the same words. */
    const edition = (one) => (one.answers.every(isPresent) ? '' : one.edition || '?');
    const all = Object.entries(learners);
    const begun = all.flatMap(([, learner]) => firsts(learner));
    const sat = begun.filter((one) => one.test !== PRACTICE);

    // --- tests and items ---

    function testFigures() {
      const found = grouped(sat, (one) => [one.test, edition(one)]).map(function (sittings) {
        const shares = sittings.map(pointsOf);
        const rows = sameQuestions(sittings);
        const enough = rows.length >= FEWEST;
        return {
          test: sittings[0].test, edition: edition(sittings[0]), count: sittings.length,
          items: mean(sittings.map((one) => one.answers.length)), mean: mean(shares),
          lowest: Math.min(...shares), highest: Math.max(...shares), same: rows.length,
          kr20: enough ? kr20(rows) : null, alpha: enough ? alpha(rows) : null,
        };
      });
      return sorted(found, (one) => [place(one.test), one.test, one.edition]);
    }

    /** Gives the points of the largest group of people who had the very same questions. */
    function sameQuestions(sittings) {
      const rows = sittings.filter((one) => one.answers.every(({ item }) => item))
        .map((one) => sorted(one.answers, (answer) => [answer.item]));
      const forms = grouped(rows, (row) => row.map((one) => [one.item, one.version]));
      const largest = forms.reduce((most, one) => (one.length > most.length ? one : most), []);
      return largest.map((row) => row.map((one) => one.points));
    }

    function itemFigures() {
      const asked = [];
      for (const { test, answers } of begun) {
        const total = answers.reduce((points, one) => points + one.points, 0);
        for (const one of answers.filter(({ item }) => item)) {
          // Everybody has practised something else.
          const rest = answers.length > 1 && test !== PRACTICE
            ? (total - one.points) / (answers.length - 1) : null;
          asked.push({ test, one, rest });
        }
      }
      const found = grouped(asked, ({ test, one }) => [test, one.item, one.version])
        .map(function (answers) {
          const [{ test, one: { item, version } }] = answers;
          const given = answers.map(({ one }) => one);
          const pairs = answers.filter(({ rest }) => rest !== null);
          const right = given.filter(isRight).length;
          const present = isPresent({ item, version });
          return {
            test, item, version, present, count: given.length, right,
            unanswered: given.filter((one) => isOpen(one) && !one.points).length,
            difficulty: mean(given.map((one) => one.points)),
            interval: shareInterval(right, given.length) || [0, 1],
            discrimination: pairs.length >= FEWEST
              ? correlation(pairs.map(({ one }) => one.points), pairs.map(({ rest }) => rest)) : null,
            choices: present ? choices(items[item], given) : [],
          };
        });
      return sorted(found, (one) =>
        [place(one.test), one.test, one.item, !one.present, one.version]);
    }

    const isOpen = (one) => one.response === null || one.response === undefined;

    /** Counts how often each option of an item was chosen. */
    function choices(item, given) {
      /** @type {Map<string, number>} */
      const counts = new Map();
      if (!item.choices) return [];
      for (const { response } of given) {
        for (const part of Array.isArray(response) ? response : [response]) {
          if (typeof part === 'string') counts.set(part, (counts.get(part) || 0) + 1);
        }
      }
      if (!counts.size) return [];
      return item.choices.map(({ id, right }) => ({ part: id, right, count: counts.get(id) || 0 }));
    }

    // --- objectives and people ---

    function objectiveFigures() {
      const points = new Map();
      for (const { test, answers } of begun) {
        for (const one of ofObjectives(answers)) {
          const objective = objectiveOf(one);
          for (const name of new Set([objective, moduleOf(objective)])) {
            const key = name + ' ' + stageOf(test);
            if (points.has(key)) points.get(key).push(one.points);
            else points.set(key, [one.points]);
          }
        }
      }
      const shares = (name) => Object.fromEntries(STAGES
        .map((stage) => [stage, points.get(name + ' ' + stage)]).filter(([, there]) => there)
        .map(([stage, there]) => [stage, [mean(there), there.length]]));
      const found = [];
      let seen = '';
      for (const [module, objective] of course.objectives) {
        if (module !== seen) found.push({ module, objective: '', shares: shares(module) });
        seen = module;
        found.push({ module, objective, shares: shares(objective) });
      }
      return found.filter((one) => Object.keys(one.shares).length);
    }

    function person([code, learner]) {
      const shares = {};
      for (const stage of STAGES) {
        const own = firsts(learner)
          .filter((one) => one.test !== PRACTICE && stageOf(one.test) === stage);
        if (own.length) shares[stage] = mean(own.map(pointsOf));
      }
      const pair = pairOf(learner);
      return {
        code, shares, before: pair ? pair.before : 0,
        gain: pair ? pair.after - pair.before : null, needs: needs(learner),
      };
    }

    /** Gives the modules with failed objectives, by the latest that is known of each. */
    function needs(learner) {
      const [later, before] = [new Map(), new Map()];
      for (const sitting of testsOf(learner).map((test) => last(learner, test))
        .concat(practised(learner))) {
        const into = stageOf(sitting.test) === 'before' ? before : later;
        for (const one of ofObjectives(sitting.answers)) {
          const objective = objectiveOf(one);
          if (into.has(objective)) into.get(objective).push(one.points);
          else into.set(objective, [one.points]);
        }
      }
      const lost = new Map();
      // Of some answers only the module is known: it stands in front of its objectives.
      for (const name of new Set(course.objectives.flat())) {
        const points = later.get(name) || before.get(name);
        if (!points || mean(points) >= WEAK) continue;
        const module = moduleOf(name);
        if (lost.has(module)) lost.get(module).push(name);
        else lost.set(module, [name]);
      }
      // Those of the same weight stand in the order of the course.
      return Array.from(lost).sort(([, a], [, b]) => b.length - a.length)
        .map(([module, failed]) => ({ module, objectives: failed.filter((one) => one !== module) }));
    }

    /** Gives the first pre-test and the last post-test, if they can be compared. */
    function pairOf(learner) {
      const [before, after] = [first(learner, BEFORE), last(learner, AFTER)];
      if (!before || !after || edition(before) !== edition(after)) return null;
      return { edition: edition(before), before: pointsOf(before), after: pointsOf(after) };
    }

    function gains() {
      const pairs = all.map(([, learner]) => pairOf(learner)).filter((one) => one !== null);
      const found = grouped(pairs, (one) => one.edition).map((same) => ({
        edition: same[0].edition,
        figures: pairedGain(same.map((one) => one.before), same.map((one) => one.after)),
      }));
      return sorted(found, (one) => [one.edition]);
    }

    /** Lists the items that most people missed, of the latest that was answered. */
    function debriefs(figures) {
      const present = figures.filter((one) => one.present);
      const later = present.filter((one) => stageOf(one.test) !== 'before');
      const chosen = later.length ? later : present;
      const stage = !later.length ? 'before'
        : later.some((one) => stageOf(one.test) === 'after') ? 'after' : 'during';
      const found = [];
      for (const rows of grouped(chosen, (one) => one.item)) {
        const count = rows.reduce((sum, row) => sum + row.count, 0);
        const missed = count - rows.reduce((sum, row) => sum + row.right, 0);
        if (missed < Math.min(FEWEST_MISSES, all.length)) continue;
        const wrong = new Map();
        for (const { part, right, count: often } of rows.flatMap((row) => row.choices)) {
          if (!right) wrong.set(part, (wrong.get(part) || 0) + often);
        }
        const [most] = sorted(Array.from(wrong), ([part, often]) => [-often, part]);
        const instead = most && most[1] ? { part: most[0], count: most[1] } : null;
        found.push({ item: rows[0].item, count, missed, instead });
      }
      return { stage, list: sorted(found, (one) => [-one.missed, -one.missed / one.count, one.item])
        .slice(0, MOST_TO_DEBRIEF) };
    }

    const figures = itemFigures();
    const people = all.map(person);
    const { stage, list } = debriefs(figures);
    const byModule = Object.fromEntries(course.modules.map((module) => [module,
      people.filter((one) => one.needs.some((need) => need.module === module))
        .map((one) => one.code)]).filter(([, codes]) => codes.length));
    return {
      people, objectives: objectiveFigures(), tests: testFigures(), items: figures, gains: gains(),
      debrief: list, debriefStage: stage, byModule,
      unpaired: all.filter(([, one]) => first(one, BEFORE) && last(one, AFTER) && !pairOf(one))
        .length,
      earlier: sat.filter((one) => edition(one)).length,
      last: Math.max(0, ...sat.map((one) => one.begun)),
    };
  }

  player.analysis = { BEFORE, AFTER, FINAL, START, PRACTICE, STAGES, analyse, stageOf };
}(globalThis.imlPlayer));
