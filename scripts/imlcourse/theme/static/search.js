// Search without a server: every word of the query must begin a word of the section. Sections
// whose title has them come first; each result shows the sentence around the first hit.
// The words of the course stand packed in search-index.js, by gzip; a browser that cannot unpack
// them searches the titles, and says so.
'use strict';
(function () {
  const MOST = 50;
  const found = document.getElementById('iml-found');
  const list = document.getElementById('iml-results');
  const input = document.getElementById('iml-query');
  const query = (new URLSearchParams(location.search).get('q') || '').trim();
  const say = function (key, values) {
    return found.dataset[key].replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  };
  // Accents and case do not count. Each letter stays one letter, so that places stay true.
  const fold = function (text) {
    return Array.from(text, function (sign) {
      const plain = sign.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
      return plain.length === sign.length ? plain : sign.toLowerCase().slice(0, sign.length);
    }).join('').replace(/[‘’]/g, "'");
  };
  // A unit's short name, such as A45, fn6 or A-fn2, stands for the title that it has here.
  const named = [['annexFootnote', /^a-?fn ?(\d+)$/i], ['footnote', /^fn ?(\d+)$/i],
    ['annex', /^a ?(\d+)$/i]].find(function (name) { return name[1].test(query); });
  const wanted = named ? say(named[0], { number: query.match(/\d+/)[0] }) : query;
  const words = fold(wanted).match(/[\p{L}\p{N}'-]+/gu) || [];
  const starts = words.map(function (word) {
    return new RegExp('(?<![\\p{L}\\p{N}])' + word.replace(/[^\p{L}\p{N}]/gu, '\\$&'), 'u');
  });
  // A whole word counts for more than the beginning of one: 4 is found before 40.
  const wholes = starts.map(function (start) {
    return new RegExp(start.source + '(?![\\p{L}\\p{N}])', 'u');
  });

  const result = function (entry) {
    const title = fold(entry[2] + ' ' + entry[3]);
    const text = fold(entry[4]);
    let weight = 0;
    for (let at = 0; at < starts.length; at += 1) {
      if (wholes[at].test(title)) weight += 12;
      else if (starts[at].test(title)) weight += 10;
      else if (starts[at].test(text)) weight += 1;
      else return null;
    }
    return { entry: entry, weight: weight };
  };

  // The sentence that has the first hit, or a stretch of it.
  const around = function (text) {
    const folded = fold(text);
    const hits = starts.map(function (s) { return folded.search(s); })
      .filter(function (at) { return at >= 0; });
    const at = hits.length ? Math.min.apply(null, hits) : 0;
    let begin = 0;
    for (const stop of folded.slice(0, at).matchAll(/(?<!\bno)[.!?][”’)]*\s+|·\s/g)) begin = stop.index + stop[0].length;
    if (at - begin > 160) begin = folded.indexOf(' ', at - 120) + 1;
    const rest = folded.slice(at).search(/(?<!\bno)[.!?][”’)]*(\s|$)| ·/);
    let end = rest < 0 ? text.length : at + rest + (folded[at + rest] === ' ' ? 0 : 1);
    if (end - begin > 320) end = folded.lastIndexOf(' ', begin + 320);
    return (begin && !/[.!?][”’)]*\s$|·\s$/.test(folded.slice(0, begin)) ? '… ' : '') + text.slice(begin, end) +
      (end < text.length && rest < 0 ? ' …' : '');
  };

  const marked = function (into, text) {
    const folded = fold(text);
    let at = 0;
    while (at < text.length) {
      let first = -1;
      let size = 0;
      starts.forEach(function (start, i) {
        const next = folded.slice(at).search(start);
        // A word that begins before `at` is no beginning: the look-behind sees only the slice.
        if (next >= 0 && (first < 0 || next < first)) { first = next; size = words[i].length; }
      });
      if (first < 0) break;
      into.append(text.slice(at, at + first));
      const mark = document.createElement('mark');
      let stop = at + first + size;
      while (stop < text.length && /[\p{L}\p{N}]/u.test(text[stop])) stop += 1;
      mark.textContent = text.slice(at + first, stop);
      into.append(mark);
      at = stop;
    }
    into.append(text.slice(at));
  };

  document.getElementById('iml-no-search').hidden = true;
  input.value = query;
  if (!words.length) {
    found.textContent = found.dataset.prompt;
    return;
  }
  const index = window.imlSearch || { titles: [], packed: '' };
  const entries = index.titles.flatMap(function (page) {
    return page[2].map(function (section) { return [page[0], section[0], section[1], page[1]]; });
  });
  // Base 85: five signs for four bytes.
  const decode = function (packed) {
    const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';
    const values = new Map(Array.from(signs, function (sign, value) { return [sign, value]; }));
    const view = new DataView(new ArrayBuffer(packed.length / 5 * 4));
    for (let at = 0; at < packed.length; at += 5) {
      let value = 0;
      for (let n = 0; n < 5; n += 1) value = value * 85 + values.get(packed[at + n]);
      view.setUint32(at / 5 * 4, value);
    }
    return view.buffer;
  };
  const unpack = async function () {
    const bytes = decode(index.packed).slice(0, index.size);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return JSON.parse(await new Response(stream).text());
  };
  const show = function (texts) {
    const results = entries.map(function (entry, place) {
      return result(entry.concat(texts ? texts[place] : ''));
    }).filter(Boolean).sort(function (a, b) { return b.weight - a.weight; });
    results.slice(0, MOST).forEach(function (hit) {
      const entry = hit.entry;
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = entry[0] + (entry[1] ? '#' + entry[1] : '');
      marked(link, entry[2]);
      item.append(link);
      if (entry[3] !== entry[2]) {
        const page = document.createElement('span');
        page.className = 'iml-result-page';
        page.textContent = entry[3];
        item.append(' ', page);
      }
      const sentence = document.createElement('p');
      marked(sentence, around(entry[4]));
      item.append(sentence);
      list.append(item);
    });
    const key = results.length === 0 ? 'none' : results.length === 1 ? 'one' : 'many';
    found.textContent = say(key, { query: query, count: results.length }) +
      (results.length > MOST ? ' ' + say('more', { shown: MOST }) : '') +
      (texts ? '' : ' ' + say('titles', {}));
  };
  unpack().then(show, function () { show(null); });
}());
