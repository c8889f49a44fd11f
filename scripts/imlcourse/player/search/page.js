// needs: core/dom core/inflate core/packed core/texts search/engine search/index search/telling search/words
// later: hosts/onefile
// texts: player.search.prompt player.search.none player.search.found.* player.search.some
//   player.search.corrected player.search.on-page player.search.damaged player.search.kind.aid
//   player.search.kind.module player.search.kind.other player.search.kind.situation
/* The page that shows what a search found: a line for each situation and each page, its best
   section with the sentence that has the most of the question, and behind it the page's others. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text } = player.texts;
  // A unit's short name, such as A45, fn6 or A-fn2, stands for the title that it has here.
  const SHORT = /** @type {[string, RegExp][]} */ ([
    ['annex_footnote', /^a-?fn ?(\d+)$/i], ['footnote', /^fn ?(\d+)$/i], ['annex', /^a ?(\d+)$/i],
    ['paragraph', /^para(?:graph)?\.? ?(\d+)$/i],
  ]);

  /**
   * Gives the heading that a question names by the short name of a unit; empty if it does not.
   * @param {Record<string, string>} units  what units of each kind are called, with {number}
   */
  function namedBy(question, units) {
    for (const [kind, pattern] of SHORT) {
      const found = question.match(pattern);
      if (found) return units[kind].replace('{number}', String(Number(found[1])));
    }
    return '';
  }

  function start() {
    const said = document.getElementById('iml-found');
    const list = document.getElementById('iml-results');
    /** @type {any} */
    const input = document.getElementById('iml-query');
    if (!said || !list || !input) return;
    const query = (new URLSearchParams(player.file ? player.file.query : location.search).get('q') || '').trim();
    /** @type {any} */
    const told = said.dataset;
    const language = JSON.parse(told.asked);
    const words = player.words.wordsOf(Object.assign(language, {
      marks: told.marks, prefixes: (told.prefixes || '').split(' ').filter(Boolean),
      stem: /** @type {any} */ (globalThis).imlStem,
    }));
    const telling = player.telling.tellerOf(words, told.abbreviations || '');
    /** @type {any} */ (document.getElementById('iml-no-search')).hidden = true;
    input.value = query;
    if (!words.asked(query).length) {
      said.textContent = text('player.search.prompt');
      return;
    }

    function marked(engine, terms, into, content) {
      let from = 0;
      for (const { at, written } of words.split(content)) {
        if (!engine.isHit(terms, written)) continue;
        into.append(content.slice(from, at), make('mark', '', written));
        from = at + written.length;
      }
      into.append(content.slice(from));
    }

    const KINDS = ['player.search.kind.situation', 'player.search.kind.aid', 'player.search.kind.module', 'player.search.kind.other'];

    function show(sections) {
      const engine = player.finder.engineOf(sections, words);
      const found = engine.search(query, namedBy(query, JSON.parse(told.units)));

      function line({ section }) {
        const link = make('a', '');
        const sentence = make('p', '');
        link.href = section.page + (section.anchor ? '#' + section.anchor : '');
        marked(engine, found.terms, link, section.heading);
        marked(engine, found.terms, sentence, telling(section.text,
          (written) => engine.isHit(found.terms, written)));
        return make('li', '', link, sentence);
      }

      function group(hits) {
        const item = line(hits[0]);
        const { title, heading, rank } = hits[0].section;
        const where = rank > 0 && title !== heading ? ' · ' + title : '';
        /** @type {any} */ (item.firstElementChild).after(' ',
          make('span', 'iml-result-page iml-result-' + rank, text(KINDS[rank]) + where));
        if (hits.length > 1) {
          item.append(make('details', '',
            make('summary', '', text('player.search.on-page', { count: hits.length - 1 })),
            make('ul', '', ...hits.slice(1).map(line))));
        }
        return item;
      }

      list.append(...found.groups.map(group));
      const shown = found.corrected || query;
      const count = text('player.search.found.' + player.texts.form(found.hits.length),
        { query: shown, count: found.hits.length });
      const key = !found.hits.length ? 'player.search.none' : 'player.search.some';
      said.textContent = (found.corrected ? text('player.search.corrected', { query }) + ' ' : '') +
        (found.hits.length && found.all ? count : text(key, { query: shown }));
    }

    /** @type {any} */
    const index = /** @type {any} */ (globalThis).imlSearch;
    try {
      show(player.sections.read(player.inflate(player.packed.bytesOf(index.packed, index.size))));
    } catch (error) {
      said.textContent = text('player.search.damaged');
    }
  }

  player.dom.onPage(start);
}(globalThis.imlPlayer));
