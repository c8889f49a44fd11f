// needs: core/dom core/texts record/export record/record record/store record/xapi pages/course
//   pages/name pages/next pages/pages
// texts: player.me.again player.me.another player.me.cancel player.me.certificate
//   player.me.certificate.earned player.me.certificate.wanted player.me.column.* player.me.done
//   player.due.next player.due.none player.me.due player.me.export
//   player.me.exported player.me.hours player.me.import player.me.import.all-same
//   player.me.import.damaged player.me.import.large player.me.import.newer player.me.import.none
//   player.me.import.other player.me.import.part player.me.import.some
//   player.me.import.some-newer player.me.import.strange player.me.imported
//   player.me.importing player.me.learner
//   player.me.level.* player.me.mastery player.me.mastery.nothing player.me.minutes
//   player.me.modules player.me.modules.caption player.me.modules.caption.role player.me.name
//   player.me.name.why player.me.others player.me.others.why player.me.plan
//   player.me.plan.nothing player.me.quiz.failed player.me.quiz.none player.me.quiz.open
//   player.me.quiz.passed player.me.read.some player.me.read.yes player.me.record
//   player.me.record.where player.me.remove player.me.remove.failed player.me.remove.sure
//   player.me.remove.yes player.me.removed player.me.removed.other player.me.summary
//   player.me.summary.all player.me.switch player.me.test.* player.me.test.none
//   player.me.test.taken player.me.tests player.me.tests.caption player.me.unnamed
//   player.next.due.* player.review.how player.store.* player.test.gain
/* The page My progress: where the learner stands, what to do next, and the record itself. */
(function (player) {
  'use strict';
  const MEGABYTE = 1e6;
  const LARGEST = 20 * MEGABYTE; // of a file; a whole record has a few hundred kilobytes
  const MANY = 2000; // so many entries take their time
  const AT_ONCE = 50; // entries that are written before the page may answer again
  const { make, button, icon } = player.dom;
  const { text, form, enumerated } = player.texts;
  const { percent } = player.record;
  const { to } = player.book;

  const HEADINGS = {
    plan: 'player.me.plan', modules: 'player.me.modules', mastery: 'player.me.mastery',
    due: 'player.me.due', tests: 'player.me.tests', certificate: 'player.me.certificate',
    learner: 'player.me.learner', record: 'player.me.record',
  };

  function link(words, href) {
    const made = make('a', '', words);
    made.href = to(href);
    return made;
  }

  function section(name, ...nodes) {
    const head = make('h2', '', text(HEADINGS[name]));
    head.id = 'iml-me-' + name;
    const made = make('section', 'iml-me-' + name, head, ...nodes);
    made.setAttribute('aria-labelledby', head.id);
    return made;
  }

  /** A bar with its share in words; the bar is for the eye alone. */
  function bar(share) {
    const made = make('span', 'iml-bar');
    made.style.setProperty('--iml-share', Math.round(share * 100) + '%');
    made.setAttribute('aria-hidden', 'true');
    return made;
  }

  function planOf(course, state) {
    const things = player.next.thingsOf(course, state);
    if (!things.length) return make('p', '', text('player.me.plan.nothing'));
    return make('ol', 'iml-plan', ...things.slice(0, 3).map(({ href, title }) =>
      make('li', '', link(title, href))));
  }

  function table(caption, names, rows) {
    const heads = names.map(function (name) {
      const head = make('th', '', text('player.me.column.' + name));
      head.scope = 'col';
      return head;
    });
    const made = make('table', 'iml-me-table', make('caption', '', caption),
      make('thead', '', make('tr', '', ...heads)), make('tbody', '', ...rows));
    const wrap = make('div', 'iml-table', made);
    wrap.tabIndex = 0;
    wrap.setAttribute('role', 'region');
    wrap.setAttribute('aria-label', caption);
    return wrap;
  }

  function row(first, ...cells) {
    const head = make('th', '', first);
    head.scope = 'row';
    return make('tr', '', head, ...cells.map((cell) => make('td', '', cell)));
  }

  function modulesOf(course, state) {
    const caption = text(course.roles[state.me.role] ? 'player.me.modules.caption.role'
      : 'player.me.modules.caption');
    return table(caption, ['module', 'read', 'quiz', 'left'],
      state.modules.map((one) => row(link(one.module.title, one.module.href),
        one.isRead ? text('player.me.read.yes') : text('player.me.read.some', {
          read: one.read, count: one.module.sections.length,
        }),
        one.open ? text('player.me.quiz.open')
          : !one.best ? text('player.me.quiz.none')
            : text(one.passed ? 'player.me.quiz.passed' : 'player.me.quiz.failed', {
              percent: percent(one.best.points),
            }),
        one.complete ? text('player.me.done')
          : text('player.me.minutes', { minutes: one.minutes }))));
  }

  function masteryOf(course, state, store) {
    const before = player.course.askedBefore(store);
    const had = (objective) => player.course.mastery(course, objective.id, store, before);
    const begun = state.modules.filter(({ module }) =>
      module.objectives.some((objective) => had(objective).answered));
    if (!begun.length) return [make('p', '', text('player.me.mastery.nothing'))];
    return begun.map(({ module }) => make('div', 'iml-mastery', make('h3', '', module.title),
      make('ul', '', ...module.objectives.map(function (objective) {
        const { share, answered, level } = had(objective);
        const line = make('li', '', make('span', 'iml-mastery-text', objective.text),
          make('span', 'iml-mastery-level', bar(answered ? share : 0), ' ',
            text('player.me.level.' + level, { percent: percent(share), count: answered })));
        if (answered && share < player.course.SECURE) {
          const again = module.sections.filter(({ id }) => objective.sections.includes(id))
            .map((one) => link(one.title, module.href + '#' + one.id));
          if (again.length) {
            line.append(make('span', 'iml-mastery-again', text('player.me.again'), ' ',
              ...again.flatMap((one, at) => (at ? ['; ', one] : [one]))));
          }
        }
        return line;
      }))));
  }

  function dueOf(course, state) {
    const { due } = state;
    /** @type {Node[]} */
    const nodes = [make('p', '', text('player.review.how'))];
    if (due.count) {
      nodes.push(make('p', '', link(text('player.next.due.' + form(due.count),
        { count: due.count }), course.pages.practise)));
    } else nodes.push(make('p', '', text('player.due.none')));
    if (due.next) {
      nodes.push(make('p', '', text('player.due.next', { when: player.texts.when(due.next) })));
    }
    return nodes;
  }

  function testsOf(course, state) {
    const { tests } = state;
    const rows = ['pre', 'post', 'final'].map(function (name) {
      const one = tests[name];
      const most = name === 'pre' ? one.first : name === 'post' ? one.last : one.best;
      const words = one.open ? text('player.me.quiz.open')
        : !most ? text('player.me.test.none')
          : name !== 'final' ? text('player.me.test.taken', { percent: percent(most.points) })
            : text(one.passed ? 'player.me.quiz.passed' : 'player.me.quiz.failed',
              { percent: percent(most.points) });
      return row(link(text('player.me.test.' + name), course.pages[name]), words);
    });
    const nodes = [table(text('player.me.tests.caption'), ['test', 'result'], rows)];
    if (tests.pre.first && tests.post.last) {
      nodes.push(make('p', '', text('player.test.gain', {
        before: percent(tests.pre.first.points), after: percent(tests.post.last.points),
        gain: percent(tests.post.last.points) - percent(tests.pre.first.points),
      })));
    }
    return nodes;
  }

  /** Brings the entries of a file into the record, some at a time; gives what to say of it. */
  function bring(store, entries, step) {
    const keys = Object.keys(entries);
    let kept = 0;
    let done = 0;
    return new Promise(function (resolve) {
      (function go() {
        const some = keys.slice(done, done + AT_ONCE);
        Promise.all(some.map((key) => store.put(key, entries[key]))).then(function (all) {
          kept += all.filter(Boolean).length;
          done += some.length;
          step(done, keys.length);
          setTimeout(done < keys.length ? go : () => resolve([keys.length, kept]), 0);
        });
      }());
    });
  }

  function recordOf(course, store, say) {
    const file = make('input', '');
    const confirm = make('div', 'iml-me-confirm');
    const save = button('iml-button', text('player.me.export'), function () {
      say(text('player.me.exported', { name: player.exporting.exportRecord(course, store) }));
    });
    file.type = 'file';
    file.accept = '.json,application/json';
    file.id = 'iml-import';
    file.addEventListener('change', function () {
      const [chosen] = file.files || [];
      if (!chosen) return;
      file.value = '';
      if (chosen.size > LARGEST) {
        say(text('player.me.import.large', { name: chosen.name, most: LARGEST / MEGABYTE }));
        return;
      }
      const parsed = chosen.text().then((words) => JSON.parse(words));
      parsed.then((read) => player.xapi.recordInSteps(course, read, told(0)))
        .then((found) => offer(found, chosen.name))
        .catch(() => say(text('player.me.import.none', { name: chosen.name })));
    });

    /** Gives what tells, each tenth of the way, how far it is; from: where this half begins. */
    function told(from) {
      let last = -1;
      return function (done, of) {
        const tenth = Math.floor((from + done / Math.max(1, of) / 2) * 10);
        if (of > MANY && tenth > last) say(text('player.me.importing', { percent: tenth * 10 }));
        last = tenth;
      };
    }

    function offer(found, name) {
      if (!Object.keys(found.entries).length) {
        const why = ['newer', 'damaged', 'strange'].find((kind) => found[kind]);
        const said = {
          newer: 'player.me.import.newer', damaged: 'player.me.import.damaged',
          strange: 'player.me.import.strange',
        };
        say(text(why ? said[why] : 'player.me.import.none', { name }));
        return;
      }
      const mine = (store.get('me') || {}).name || '';
      const theirs = enumerated(found.names.slice(0, 3));
      if (theirs && mine && theirs !== mine) {
        ask(text('player.me.import.other', { theirs, mine }), text('player.me.import.all-same'),
          () => take(found));
      } else take(found);
    }

    function take(found) {
      // A browser that knows no name yet learns it from the file.
      if (!(store.get('me') || {}).name && found.names.length === 1) {
        player.store.setMe(store, { name: found.names[0] }).then(() => named(store));
      }
      bring(store, found.entries, told(0.5)).then(function ([count, kept]) {
        const words = [text('player.me.imported', { count })];
        if (kept < count) words.push(text('player.me.import.part', { kept }));
        if (found.damaged) words.push(text('player.me.import.some', { count: found.damaged }));
        if (found.newer) words.push(text('player.me.import.some-newer', { count: found.newer }));
        say(words.join(' '));
      });
    }

    function ask(words, yes, action, look) {
      confirm.replaceChildren(make('p', '', icon('note'), ' ', words), make('div', 'iml-actions',
        button('iml-button ' + (look || 'iml-check'), yes, function () {
          confirm.replaceChildren();
          action();
        }), button('iml-button', text('player.me.cancel'), () => confirm.replaceChildren())));
      say(''); // what was said before is done with
      confirm.querySelector('button').focus();
    }

    const remove = button('iml-button iml-remove', text('player.me.remove'), function () {
      const name = (store.get('me') || {}).name || text('player.me.unnamed');
      ask(text('player.me.remove.sure', { name }), text('player.me.remove.yes'), function () {
        store.remove().then(function (gone) {
          if (gone) {
            location.hash = 'removed'; // said once the page is there again
            location.reload();
          } else say(text('player.me.remove.failed'));
        });
      }, 'iml-remove');
    });
    const label = make('label', '', text('player.me.import'));
    label.htmlFor = file.id;
    return [
      make('p', '', text('player.me.record.where')),
      make('div', 'iml-me-troubles', ...store.troubles().map((kind) =>
        make('p', 'iml-changed', icon('note'), ' ', text('player.store.' + kind)))),
      make('div', 'iml-actions', save),
      make('p', 'iml-me-import', label, ' ', file),
      make('div', 'iml-actions', remove), confirm,
    ];
  }

  /** Writes the learner's name where it was brought in with a record. */
  function named(store) {
    document.getElementById('iml-name').value = (store.get('me') || {}).name || '';
  }

  function learnerOf(course, store) {
    const [label, field] = player.name.nameField(store,
      { id: 'iml-name', label: text('player.me.name'), autocomplete: 'off' });
    /** @type {Node[]} */
    const nodes = [make('p', '', text('player.me.name.why')),
      make('p', 'iml-me-name', label, ' ', field)];
    if (Object.keys(course.roles).length) {
      nodes.push(player.book.roleChooser(course, store, 'iml-my-role'));
    }
    const others = store.learners.filter(({ id }) => id !== store.learner);
    const list = others.map(({ id, name: theirs }) => make('li', '', button('iml-button',
      text('player.me.switch', { name: theirs || text('player.me.unnamed') }),
      () => store.choose(id).then(() => location.reload()))));
    const another = button('iml-button', text('player.me.another'), function () {
      const id = Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
      store.choose(id).then(() => location.reload());
    });
    nodes.push(make('details', 'iml-me-others',
      make('summary', '', text('player.me.others')),
      make('p', '', text('player.me.others.why')),
      make('ul', 'iml-me-learners', ...list), make('div', 'iml-actions', another)));
    return nodes;
  }

  /** Says where a learner stands, in a sentence and a bar. */
  function summaryOf(state) {
    const total = state.modules.length;
    const words = state.complete === total ? text('player.me.summary.all', { total })
      : text('player.me.summary', { done: state.complete, total, hours: hours(state.minutes) });
    return make('div', 'iml-me-summary', make('p', '', words), bar(total ? state.complete / total : 0));
  }

  function hours(minutes) {
    const whole = Math.floor(minutes / 60);
    return whole ? text('player.me.hours', { hours: whole, minutes: minutes % 60 })
      : text('player.me.minutes', { minutes });
  }

  /**
   * Makes the page.
   * @param {Element} place  an element for it
   * @param {object} course  what course.js of the book holds
   * @param {object} store   the learner's store
   */
  function progress(place, course, store) {
    const live = make('p', 'iml-me-said');
    live.setAttribute('role', 'status');
    const parts = {};

    function say(words) {
      live.textContent = '';
      setTimeout(() => { live.textContent = words; }, 40);
    }

    function show() {
      const state = player.course.stateOf(course, store, new Date().toISOString());
      const fill = (name, ...nodes) => parts[name].replaceChildren(...nodes);
      fill('summary', summaryOf(state));
      fill('plan', planOf(course, state));
      fill('modules', modulesOf(course, state));
      fill('mastery', ...masteryOf(course, state, store));
      fill('due', ...dueOf(course, state));
      if (state.tests) fill('tests', ...testsOf(course, state));
      fill('certificate', state.certified
        ? make('p', '', link(text('player.me.certificate.earned'), course.pages.certificate))
        : make('p', '', text('player.me.certificate.wanted')));
    }

    const names = ['summary', 'plan', 'modules', 'mastery', 'due', 'tests', 'certificate'];
    for (const name of names) parts[name] = make('div', '');
    const [summary, ...others] = names.filter((name) => name !== 'tests' || course.tests);
    place.replaceChildren(parts[summary],
      ...others.map((name) => section(name, parts[name])),
      section('learner', ...learnerOf(course, store)),
      section('record', ...recordOf(course, store, say)), live);
    show();
    if (location.hash === '#removed') {
      location.hash = '';
      const { name } = store.get('me') || {};
      say(name ? text('player.me.removed.other', { name }) : text('player.me.removed'));
      live.tabIndex = -1;
      live.focus();
    }
    store.listen(player.dom.later(show)); // an import brings many entries at once
  }

  player.dom.onPage(function (options) {
    const place = document.querySelector('[data-iml-page="progress"]');
    if (!place || !globalThis.imlCourse) return;
    const store = player.store.open(options);
    store.load().then(() => progress(place, globalThis.imlCourse, store));
  });
}(globalThis.imlPlayer));
