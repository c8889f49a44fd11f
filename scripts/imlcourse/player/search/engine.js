// needs: core/values
/* Finds the sections that answer a question: by stems, words that mean the same, beginnings of
   words and slips of spelling; situations and sheets first, then modules, then the rest. No page is
   needed. */
(function (player) {
  'use strict';
  const HEADING = 8; // what a word counts in a heading, and so on
  const ALSO = 5;
  const TITLE = 3;
  const SAME = 0.7; // what another word for the same counts
  const BEGINNING = 0.7; // what a word counts that begins so
  const MORE = 5; // so many times more used is a word for which another is taken
  const ENOUGH = 0.75; // share of the best that a section must have of the question
  const ENOUGH_AT_COUNTER = 0.5; // and a situation or a sheet
  const ASIDE = 0.1; // what a word counts that help lacks, and by which nothing is named
  const NAMED = 0.3; // share of the question that must name something for that
  const NAMES = 3; // what a word must count in a situation or a sheet to name it
  const RAREST = 3; // no word counts for more, however rare it is
  const SHORT = 6; // letters of a word whose first letter is taken for meant
  const NEARBY = 0.15; // what a word counts that stands elsewhere on the page
  const ON_TOP = 5; // so many situations and sheets stand before the modules
  const LEAST = 0.5; // share of the best situation's points that one must have for it
  const LEAST_OF_ALL = 0.6; // share of the best points that the best situation must have
  const [SITUATION, AID, MODULE] = [0, 1, 2];

  /**
   * Makes what searches an index.
   * @param {Section[]} sections
   * @param {SearchWords} words
   */
  function engineOf(sections, words) {
    /** @type {Map<string, any>} of each stem, what it counts in each section */
    const counts = new Map();
    /** @type {Map<string, number>} how often each folded word is used */
    const used = new Map();

    function add(at, text, weigh) {
      for (const { written } of words.split(text)) {
        const word = words.fold(written);
        const stem = words.stem(word);
        used.set(word, (used.get(word) || 0) + 1);
        let there = counts.get(stem);
        if (!there) counts.set(stem, there = new Map());
        there.set(at, weigh(there.get(at) || 0));
      }
    }

    sections.forEach(function (section, at) {
      add(at, section.text, (now) => Math.min(now + 1, 4));
      if (section.title !== section.heading) add(at, section.title, (now) => Math.max(now, TITLE));
      add(at, section.also, (now) => Math.max(now, ALSO) + 1);
      add(at, section.heading, (now) => Math.max(now, HEADING) + 0.5);
    });

    // Stems of the words in titles of pages.
    const titled = new Set(sections.filter(({ rank }) => rank !== SITUATION).flatMap(({ title }) =>
      words.split(title).map(({ written }) => words.stem(words.fold(written)))));

    /** Gives the word of the index that is nearest to one which it does not have. */
    function nearest(word, most) {
      let best = null;
      for (const [other, number] of used) {
        if (Math.abs(word.length - other.length) > most || /\p{N}/u.test(other)) continue;
        // With another first letter, a short word is another word: “night” is no slip of “right”.
        if (word.length <= SHORT && other[0] !== word[0]) continue;
        const far = player.values.distance(word, other);
        if (far <= most && (!best || far < best.far || (far === best.far && number > best.number))) {
          best = { other, far, number };
        }
      }
      return best;
    }

    /** Gives what an unknown word was meant to be; null if it may be what it is. */
    function meantBy(word, stem) {
      if (used.has(word) || words.same.has(stem) || /\p{N}/u.test(word)) return null;
      const most = word.length > 6 ? 2 : word.length > 3 ? 1 : 0;
      if (!counts.has(stem)) return nearest(word, most);
      // It is another form of a known word, or a slip of one that is used far more.
      const near = word.length > 6 ? nearest(word, 1) : null;
      const often = Array.from(counts.get(stem).values()).length;
      return near && words.stem(near.other) !== stem && near.number > MORE * often ? near : null;
    }

    /** Gives a word of the question with all stems that stand for it, and what each counts. */
    function termOf(word) {
      const stems = new Map();
      const note = (stem, share) => {
        if (counts.has(stem)) stems.set(stem, Math.max(share, stems.get(stem) || 0));
      };
      const noteAll = (stem, share) => {
        note(stem, share);
        for (const other of words.same.get(stem) || []) note(other, SAME);
      };
      const stem = words.stem(word);
      const begins = !used.has(word) && !counts.has(stem) && word.length > 2 && !/^\p{N}/u.test(word)
        ? Array.from(used.keys()).filter((other) => other.startsWith(word)) : [];
      const slip = begins.length ? null : meantBy(word, stem);
      const read = slip ? slip.other : word;
      if (slip) noteAll(words.stem(slip.other), 1);
      else noteAll(stem, 1);
      for (const other of begins) note(words.stem(other), BEGINNING);
      // Where and when somebody stands in front of one is told by the way: “at night”, “by train”.
      const names = Array.from(stems.keys()).some((one) => titled.has(one) || sections.some(
        (section, at) => section.rank <= AID && (counts.get(one).get(at) || 0) >= NAMES));
      const places = new Set(Array.from(stems.keys()).flatMap((one) => [...counts.get(one).keys()]));
      return {
        word, read, stems, names, pages: new Set(Array.from(places, (at) => sections[at].page)),
        rarity: Math.min(RAREST, Math.log(1 + sections.length / (1 + places.size))),
      };
    }

    /**
     * Searches.
     * @param {string} question
     * @param {string} [named]  a heading that is meant by its name: its section comes first, alone
     */
    function search(question, named) {
      const terms = words.asked(named || question).map(termOf);
      const weightOf = (some) => some.reduce((sum, term) => sum + term.rarity, 0);
      const all = weightOf(terms);
      const helping = weightOf(terms.filter(({ names }) => names)) >= NAMED * all;
      const title = named && words.split(named).map(({ written }) => words.fold(written)).join(' ');
      const hits = sections.map(function (section, at) {
        let whole = 0;
        let points = 0;
        let share = 0;
        let has = true; // whether it has each word
        let own = false; // whether the section itself has a word of the question
        for (const term of terms) {
          let best = 0;
          for (const [stem, factor] of term.stems) {
            const count = counts.get(stem).get(at) || 0;
            best = Math.max(best, factor * count / (count + 2));
          }
          own = own || best > 0;
          // What stands elsewhere in a module or a sheet is near enough to be meant.
          const near = !best && (section.rank === AID || section.rank === MODULE) &&
            term.pages.has(section.page);
          const aside = !best && helping && section.rank <= AID && !term.names;
          const weight = term.rarity * (aside ? ASIDE : 1);
          whole += weight;
          points += weight * (near ? NEARBY : best);
          share += best > 0 ? weight : near ? weight * ENOUGH : 0;
          has = has && best > 0;
        }
        const called = Boolean(title) && (words.split(section.heading)
          .map(({ written }) => words.fold(written)).join(' ') + ' ').startsWith(title + ' ');
        share = whole ? share / whole : 0;
        points *= whole ? share * all / whole : 0;
        return { section, points, share, has, called, own };
      });
      const most = Math.max(0, ...hits.map((hit) => hit.share));
      const found = most ? hits.filter((hit) => hit.share >= most *
        (hit.section.rank <= AID ? ENOUGH_AT_COUNTER : ENOUGH) && hit.own &&
        (!named || hit.called || hit.has)) : [];
      const read = terms.map((term) => term.read);
      return {
        hits: found,
        groups: grouped(found),
        all: terms.length > 0 && hits.some((hit) => hit.has),
        terms,
        // The question with its slips put right; empty where there is none.
        corrected: read.some((word, n) => word !== terms[n].word) ? read.join(' ') : '',
      };
    }

    /** Brings what was found into order: one group for a situation, and one for any other page. */
    function grouped(found) {
      const groups = new Map();
      for (const hit of found.slice().sort((a, b) => Number(b.called) - Number(a.called) || b.points - a.points)) {
        const { page, anchor, rank } = hit.section;
        const name = rank === SITUATION ? page + '#' + anchor : page;
        groups.set(name, (groups.get(name) || []).concat(hit));
      }
      const all = Array.from(groups.values());
      const best = (some) => Math.max(0, ...some.map((hits) => hits[0].points));
      const helping = all.filter((hits) => hits[0].section.rank <= AID);
      const least = best(helping) >= LEAST_OF_ALL * best(all) ? LEAST * best(helping) : Infinity;
      const atCounter = helping.filter((hits) => hits[0].points >= least).slice(0, ON_TOP);
      // What else there is of situations stands behind the modules.
      const place = (hits) => hits[0].called ? -1 : atCounter.includes(hits) ? 0
        : hits[0].section.rank === MODULE ? 1 : helping.includes(hits) ? 2 : 3;
      return all.sort((a, b) => place(a) - place(b) || b[0].points - a[0].points);
    }

    /** Says whether a word of a text is one that was looked for. */
    function isHit(terms, written) {
      const word = words.fold(written);
      return terms.some((term) => term.stems.has(words.stem(word)));
    }

    return { search, isHit };
  }

  player.finder = { engineOf };
}(globalThis.imlPlayer));
