// Search without a server: every word of the query must begin a word of the section; if none has
// them all, sections that have the most of them are shown. One line a page: its best section, with
// the sentence around the first hit, and behind it the page's others.
// The words of the course stand packed in search-index.js, by gzip; a browser that cannot unpack
// them searches the titles, and says so.
'use strict';
(function () {
  const found = document.getElementById('iml-found');
  const list = document.getElementById('iml-results');
  const input = document.getElementById('iml-query');
  const query = (new URLSearchParams(location.search).get('q') || '').trim();
  const say = function (key, values) {
    return found.dataset[key].replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  };
  // The key of the text that goes with a number in the language of the page.
  const plural = function (number) {
    const form = new Intl.PluralRules(document.documentElement.lang || 'en').select(number);
    const key = 'found' + form[0].toUpperCase() + form.slice(1);
    return key in found.dataset ? key : 'foundOther';
  };
  // Signs above and below letters, which may be left out, and the stroke that draws a word out.
  const marks = '[' + found.dataset.marks + ']';
  const allMarks = new RegExp(marks, 'gu');
  // Letters that stand for one another in writing; digits of other scripts.
  const alike = { 'ٱ': 'ا', 'ى': 'ي', 'ة': 'ه' };
  for (let digit = 0; digit < 10; digit += 1) {
    for (const zero of [0x660, 0x6f0, 0x966]) alike[String.fromCodePoint(zero + digit)] = String(digit);
  }
  // Accents and case do not count. Each letter stays one letter, so that places stay true; a mark
  // that stands by itself stays too, and patterns pass over it.
  const fold = function (text) {
    return Array.from(text, function (sign) {
      const bare = sign.normalize('NFD').replace(allMarks, '').toLowerCase();
      const plain = alike[bare] || bare;
      return plain.length === sign.length ? plain : sign.toLowerCase().slice(0, sign.length);
    }).join('').replace(/[‘’]/g, "'");
  };
  const prefixes = (found.dataset.prefixes || '').split(' ').filter(Boolean);
  // A word that is looked for: without what is written before it as a part of it, such as the
  // Arabic article, and without quotation marks around it.
  const sought = function (word) {
    const bare = word.replace(/^['-]+|['-]+$/g, '').replace(/œ/g, 'oe').replace(/æ/g, 'ae');
    const before = prefixes.find(function (prefix) {
      return bare.startsWith(prefix) && bare.length - prefix.length >= 3;
    });
    return before ? bare.slice(before.length) : bare;
  };
  // A unit's short name, such as A45, fn6 or A-fn2, stands for the title that it has here.
  /** @type {any} the name of the text, and how it is written */
  const short = [['annexFootnote', /^a-?fn ?(\d+)$/i], ['footnote', /^fn ?(\d+)$/i],
    ['annex', /^a ?(\d+)$/i]].find(function (/** @type {any} */ name) { return name[1].test(query); });
  const wanted = short ? say(short[0], { number: (query.match(/\d+/) || [''])[0] }) : query;
  const asked = fold(wanted.normalize('NFC').replace(allMarks, ''));
  const words = short ? [asked]
    : (asked.match(/[\p{L}\p{N}'-]+/gu) || []).map(sought).filter(Boolean);
  const plainly = function (text) { return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'); };
  // Finds a word with and without marks, ligatures and what may be written before it.
  const pattern = function (word) {
    return Array.from(word, function (sign) { return plainly(sign) + marks + '*'; }).join('')
      .replaceAll('o' + marks + '*e', '(?:o' + marks + '*e|œ)')
      .replaceAll('a' + marks + '*e', '(?:a' + marks + '*e|æ)');
  };
  const END = '(?![\\p{L}\\p{N}])';
  const BEGIN = '(?<![\\p{L}\\p{N}\\p{M}])' + (prefixes.length
    ? '(?:' + prefixes.map(pattern).join('|') + ')?' : '');
  const starts = words.map(function (word) {
    return new RegExp(BEGIN + pattern(word) + (short ? END : ''), 'u');
  });
  // A whole word counts for more than the beginning of one: 4 is found before 40.
  const wholes = starts.map(function (start) { return new RegExp(start.source + END, 'u'); });
  const called = new RegExp('^' + pattern(asked) + END, 'u');
  // Where a sentence ends; a full stop behind an abbreviation ends none.
  const shortened = (found.dataset.abbreviations || '').split(' ').filter(Boolean).join('|');
  const STOP = (shortened ? '(?<!(?<!\\p{L})(?:' + shortened + '))' : '') + '[.!?؟…]\\s?[”’)»]*';

  // How well a section fits, and how many of the words it has.
  const result = function (entry) {
    const title = fold(entry[2] + ' ' + entry[3]);
    const text = fold(entry[4]);
    let weight = 0;
    let hits = 0;
    for (let at = 0; at < starts.length; at += 1) {
      const here = wholes[at].test(title) ? 12 : starts[at].test(title) ? 10
        : starts[at].test(text) ? 1 : 0;
      weight += here;
      hits += here > 0 ? 1 : 0;
    }
    // What is called so, before what has the words in its name too: paragraph 2 before 20.
    if (called.test(fold(entry[2]))) weight += 30;
    return { entry: entry, weight: weight, hits: hits };
  };

  // The sentence that has the first hit, or a stretch of it.
  const around = function (text) {
    const folded = fold(text);
    const hits = starts.map(function (s) { return folded.search(s); })
      .filter(function (at) { return at >= 0; });
    const at = hits.length ? Math.min.apply(null, hits) : 0;
    let begin = 0;
    for (const stop of folded.slice(0, at).matchAll(new RegExp(STOP + '\\s+|·\\s', 'gu'))) {
      begin = stop.index + stop[0].length;
    }
    if (at - begin > 160) begin = folded.indexOf(' ', at - 120) + 1;
    const rest = folded.slice(at).search(new RegExp(STOP + '(\\s|$)| ·', 'u'));
    let end = rest < 0 ? text.length : at + rest + (folded[at + rest] === ' ' ? 0 : 1);
    if (end - begin > 320) end = folded.lastIndexOf(' ', begin + 320);
    return (begin && !/[.!?؟…]\s?[”’)»]*\s$|·\s$/.test(folded.slice(0, begin)) ? '… ' : '') + text.slice(begin, end) +
      (end < text.length && rest < 0 ? ' …' : '');
  };

  const marked = function (into, text) {
    const folded = fold(text);
    let at = 0;
    while (at < text.length) {
      let first = -1;
      let size = 0;
      starts.forEach(function (start) {
        const next = folded.slice(at).match(start);
        // A word that begins before `at` is no beginning: the look-behind sees only the slice.
        if (!next || next.index === undefined) return;
        if (first < 0 || next.index < first) { first = next.index; size = next[0].length; }
      });
      if (first < 0) break;
      into.append(text.slice(at, at + first));
      const mark = document.createElement('mark');
      let stop = at + first + size;
      while (stop < text.length && /[\p{L}\p{N}\p{M}]/u.test(text[stop])) stop += 1;
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
    /** @type {any} */
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
  const line = function (hit) {
    const entry = hit.entry;
    const item = document.createElement('li');
    const link = document.createElement('a');
    const sentence = document.createElement('p');
    link.href = entry[0] + (entry[1] ? '#' + entry[1] : '');
    marked(link, entry[2]);
    marked(sentence, around(entry[4]));
    item.append(link, sentence);
    return item;
  };
  const group = function (hits) {
    const item = line(hits[0]);
    const entry = hits[0].entry;
    if (entry[3] !== entry[2]) {
      const page = document.createElement('span');
      page.className = 'iml-result-page';
      page.textContent = entry[3];
      item.firstElementChild?.after(' ', page);
    }
    if (hits.length > 1) {
      const more = document.createElement('details');
      const summary = document.createElement('summary');
      const others = document.createElement('ul');
      summary.textContent = say('onPage', { count: hits.length - 1 });
      others.append(...hits.slice(1).map(line));
      more.append(summary, others);
      item.append(more);
    }
    return item;
  };
  // Best first; of equals, modules, and then the page that has more.
  const before = function (a, b) {
    return b[0].weight - a[0].weight
      || b[0].entry[0].startsWith('modules/') - a[0].entry[0].startsWith('modules/')
      || b.length - a.length;
  };

  // The query with its unknown words put as the course writes them; null if it has nothing like it.
  const likely = function (all) {
    const text = fold(all).replace(allMarks, '');
    const known = new Map();
    for (const word of text.match(/[\p{L}]{4,}/gu) || []) known.set(word, (known.get(word) || 0) + 1);
    let changed = false;
    const better = words.map(function (word, at) {
      if (word.length < 4 || starts[at].test(text)) return word;
      const most = word.length > 6 ? 2 : 1;
      let best = null;
      for (const [other, number] of known) {
        if (Math.abs(word.length - other.length) > most) continue;
        const far = imlPlayer.values.distance(word, other);
        if (far <= most && (!best || far < best.far || (far === best.far && number > best.number))) {
          best = { other: other, far: far, number: number };
        }
      }
      changed = changed || Boolean(best);
      return best ? best.other : word;
    });
    return changed ? better.join(' ') : null;
  };

  const show = function (texts) {
    const scored = entries.map(function (entry, place) {
      return result(entry.concat(texts ? texts[place] : ''));
    });
    const most = Math.max.apply(null, scored.map(function (hit) { return hit.hits; }));
    const all = most === starts.length;
    const results = most > 0 ? scored.filter(function (hit) { return hit.hits === most; }) : [];
    const pages = new Map();
    for (const hit of results.sort(function (a, b) { return b.weight - a.weight; })) {
      pages.set(hit.entry[0], (pages.get(hit.entry[0]) || []).concat(hit));
    }
    for (const hits of Array.from(pages.values()).sort(before)) list.append(group(hits));
    const key = !results.length ? 'none' : !all ? 'some' : plural(results.length);
    found.textContent = say(key, { query: query, count: results.length }) +
      (texts ? '' : ' ' + say('titles', {}));
    const other = all ? null : likely(entries.map(function (entry, place) {
      return entry[2] + ' ' + entry[3] + ' ' + (texts ? texts[place] : '');
    }).join(' '));
    if (!other) return;
    const link = document.createElement('a');
    link.href = '?q=' + encodeURIComponent(other);
    link.textContent = say('mean', { query: other });
    found.append(' ', link);
  };
  unpack().then(show, function () { show(null); });
}());
