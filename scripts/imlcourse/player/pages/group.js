// needs: core/dom core/texts group/analysis group/files group/gather group/opened group/report
//   group/words
// texts: player.group.again player.group.bad.* player.group.choose player.group.clear
//   player.group.cleared player.group.codes player.group.codes.add player.group.codes.label
//   player.group.done.* player.group.done.none player.group.drop player.group.file.*
//   player.group.file.line player.group.file.none player.group.file.questions player.group.give
//   player.group.list player.group.names player.group.names.how player.group.print
//   player.group.print.how player.group.problems.* player.group.reading player.group.said
//   player.group.shown player.group.shown.end player.group.what report.files.*
/* The page Group results: takes the files of a group, and shows what they say. All of it is in this
   page alone: no store is opened, nothing is written anywhere, and Clear forgets it. */
(function (player) {
  'use strict';
  const { make, button } = player.dom;
  const { text } = player.texts;
  const { plural } = player.groupReport;

  function group(place, about) {
    const more = JSON.parse(place.dataset.imlGroupPage);
    const { command } = place.dataset;
    const root = document.documentElement.dataset.content_root || '';
    /** @type {GroupFile[]} */
    let files = [];
    /** @type {any} */
    let shown = null; // what was found in them
    let working = Promise.resolve();
    let given = 0; // how often everything was removed: what is still being read then is dropped

    const course = player.gathering.courseOf(about, more);
    const words = player.groupWords.wordsOf(about, more.quizzes);

    // --- what the trainer works with ---

    const said = make('p', 'iml-group-said');
    const list = make('div', 'iml-group-list');
    const report = make('div', 'iml-group-report');
    const choose = make('input', '');
    const names = make('input', '');
    const tools = make('div', 'iml-group-tools');
    said.setAttribute('role', 'status');
    said.tabIndex = -1;
    Object.assign(choose, { type: 'file', multiple: true, id: 'group-files',
      accept: '.json,.jsonl,.ndjson,.csv,.tsv,.txt' });
    Object.assign(names, { type: 'checkbox', id: 'group-names' });
    names.setAttribute('aria-describedby', 'group-names-how');
    const label = make('label', 'iml-group-choose', text('player.group.choose'));
    label.htmlFor = choose.id;
    const what = make('p', 'iml-group-hint', text('player.group.what'));
    what.id = 'group-what';
    choose.setAttribute('aria-describedby', what.id);
    const zone = make('div', 'iml-group-zone', make('p', 'iml-group-drop', text('player.group.drop')),
      make('p', '', label, ' ', choose), what);
    const typed = make('textarea', '');
    Object.assign(typed, { id: 'group-codes', rows: 4, spellcheck: false, autocomplete: 'off' });
    const typedLabel = make('label', '', text('player.group.codes.label'));
    typedLabel.htmlFor = typed.id;
    const codes = make('details', 'iml-group-codes', make('summary', '', text('player.group.codes')),
      make('p', '', typedLabel), typed,
      make('p', '', button('iml-group-button', text('player.group.codes.add'), addCodes)));
    const project = button('iml-group-button', text('player.group.shown'), () => projected(!isProjected()));
    const nameLabel = make('label', '', names, ' ', text('player.group.names'));
    const how = make('span', 'iml-group-hint', text('player.group.names.how'));
    how.id = 'group-names-how';
    tools.append(
      make('p', 'iml-group-names', nameLabel, ' ', how),
      make('p', 'iml-group-buttons', project, ' ',
        button('iml-group-button', text('player.group.print'), () => globalThis.print()), ' ',
        button('iml-group-button', text('player.group.clear'), clear)),
      make('p', 'iml-group-hint', text('player.group.print.how')));
    tools.hidden = true;
    const intake = make('section', 'iml-group-intake',
      make('h2', '', text('player.group.give')), zone, codes, said, list);
    place.append(intake, tools, report);
    place.hidden = false;

    // --- reading ---

    /** Reads files one after the other, so that the page can answer in between. */
    async function take(chosen) {
      const round = given;
      for (const [at, file] of chosen.entries()) {
        said.textContent = text('player.group.reading', { number: at + 1, total: chosen.length });
        let read;
        try {
          read = player.groupFiles.read(file.name, await file.arrayBuffer());
        } catch {
          read = { name: file.name, kind: '', text: '', wrong: 'unreadable' };
        }
        if (round !== given) return;
        const there = !read.wrong && files.some((one) => one.text === read.text);
        files.push(there ? { ...read, text: '', again: true } : read);
        await new Promise((resolve) => { setTimeout(resolve, 0); });
      }
      await count(round);
    }

    /** Counts all that is there anew, and shows it. */
    async function count(round) {
      files = files.filter((one) => !one.typed);
      if (typed.value.trim()) {
        files.push({ name: text('player.group.codes'), kind: 'codes', text: typed.value, typed: true });
      }
      const used = files.filter((one) => !one.again);
      const parsed = player.gathering.parse(used, course.iri);
      await player.opened.open(course, player.gathering.itemsIn(parsed), more.types, root);
      if (round !== given) return;
      const found = player.gathering.gathered(parsed, course);
      const analysis = player.analysis.analyse(course, found.learners);
      shown = { found, analysis };
      listFiles(used);
      const { length } = analysis.people;
      const of = plural('report.files.', used.length);
      const told = length ? plural('player.group.done.', length, { files: of })
        : text('player.group.done.none');
      const wrong = found.problems.length ? ' ' + plural('player.group.problems.', found.problems.length) : '';
      said.textContent = (length ? text('player.group.said', { what: told }) : told) + wrong;
      show();
    }

    /** Lists the files with what each holds, and what of it could not be used. */
    function listFiles(used) {
      const { sources, problems } = shown.found;
      const bad = make('ul', '');
      const all = make('ol', '');
      for (const file of files) {
        const at = used.indexOf(file);
        const entry = make('li', '', make('strong', '', file.name));
        if (file.again) {
          entry.replaceChildren(text('player.group.again', { file: file.name }));
          bad.append(entry);
          continue;
        }
        const { learners } = sources[at];
        const own = problems.filter((one) => one.number === at + 1);
        entry.append(' ', make('span', 'iml-group-hint', learners ? plural('player.group.file.', learners)
          : text(own.length ? 'player.group.file.none' : 'player.group.file.questions')));
        if (own.length) {
          bad.append(make('li', '', make('strong', '', file.name),
            make('ul', '', ...own.map(({ line, what: key, values }) => {
              const told = text('player.group.bad.' + key, values);
              return make('li', '', line ? text('player.group.file.line', { line, what: told }) : told);
            }))));
        }
        all.append(entry);
      }
      bad.className = 'iml-group-bad';
      list.replaceChildren(...(bad.children.length ? [bad] : []),
        make('details', '', make('summary', '', text('player.group.list')), all));
    }

    function show() {
      const { found, analysis } = shown;
      const there = analysis.people.length > 0;
      tools.hidden = !there;
      if (!there) {
        report.replaceChildren();
        return;
      }
      const unfolded = Array.from(report.querySelectorAll('.iml-group-fold'), (one) => one.open);
      report.replaceChildren(...player.groupReport.sections(found, analysis, {
        course: { ...course, cases: more.cases }, words, command, names: names.checked, save,
      }));
      // With or without names, what was open stays open.
      report.querySelectorAll('.iml-group-fold').forEach((one, at) => { one.open = Boolean(unfolded[at]); });
      projected(isProjected());
    }

    function save(name, rows) {
      player.dom.download(about.id + '-' + name + '.csv', player.groupFiles.csv(rows), 'text/csv');
    }

    function clear() {
      given += 1;
      files = [];
      shown = null;
      names.checked = false;
      projected(false);
      tools.hidden = true;
      report.replaceChildren();
      list.replaceChildren();
      said.textContent = text('player.group.cleared');
      choose.value = '';
      typed.value = '';
      said.focus();
    }

    // --- the projector: large, without names, lists and answers ---

    function isProjected() {
      return document.body.classList.contains('iml-group-projected');
    }

    function projected(on) {
      document.body.classList.toggle('iml-group-projected', on);
      project.textContent = text(on ? 'player.group.shown.end' : 'player.group.shown');
      for (const one of report.querySelectorAll('.iml-group-first details')) one.open = !on;
    }

    /** Counts the codes that stand in the field: mended or taken out there, they count so. */
    function addCodes() {
      const round = given;
      working = working.then(() => count(round)).then(() => said.focus());
    }

    function add(chosen) {
      const all = Array.from(chosen);
      if (all.length) working = working.then(() => take(all));
    }

    choose.addEventListener('change', function () {
      const chosen = Array.from(choose.files || []);
      choose.value = ''; // the same file may be chosen again after Clear
      add(chosen);
    });
    names.addEventListener('change', () => { if (shown) show(); });
    // Wherever on the page they are let go: a browser would open them in place of the page.
    document.addEventListener('dragover', function (event) {
      event.preventDefault();
      zone.classList.add('iml-over');
    });
    document.addEventListener('dragleave', function (event) {
      if (!event.relatedTarget) zone.classList.remove('iml-over');
    });
    document.addEventListener('drop', function (event) {
      event.preventDefault();
      zone.classList.remove('iml-over');
      if (event.dataTransfer) add(event.dataTransfer.files);
    });
    addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && isProjected()) projected(false);
    });
  }

  player.dom.onPage(function () {
    const place = document.querySelector('[data-iml-group-page]');
    if (place && globalThis.imlCourse) group(place, globalThis.imlCourse);
  });
}(globalThis.imlPlayer));
