// needs: core/dom core/texts present/asked
// later: core/quiz
// texts: player.present.discuss player.present.opening player.present.read player.present.work.*
/* What is shown, a screen at a time: made of the elements of the finished page, in the order of the
   module, or in the order of its session plan. */
(function (player) {
  'use strict';
  const { make } = player.dom;
  const { text, form } = player.texts;
  const { copy, said } = player.asked;
  const KINDS = ['.iml-situation', 'figure.iml-figure', '.iml-table > table', '.iml-misunderstanding',
    '.iml-keypoints', '.iml-objectives', '[data-iml-quiz][data-iml-mode="practice"]'];

  const plain = (node) => (node ? copy(node).textContent.trim() : '');

  /** Reads the items of the page as they were written, before anybody answered them. */
  function itemsOf(scope) {
    const items = new Map();
    for (const root of scope.querySelectorAll('[data-iml-quiz][data-iml-mode="practice"]')) {
      const written = player.enhance && player.enhance(root).written;
      for (const one of root.querySelectorAll('[data-iml-item]')) {
        const { imlItem } = one.dataset;
        items.set(imlItem, { element: (written && written.get(imlItem)) || one, root });
      }
    }
    return items;
  }

  // --- screens of one kind --------------------------------------------------------------------

  /** @returns {PresentScreen} */
  const screen = (kind, id, title, stages) => ({ id, kind, title, stages });

  /** A title and what stands below it, shared out where it is long. */
  function words(id, title, nodes) {
    // The entries of a list are shared out, and so are paragraphs.
    const blocks = nodes.flatMap((node) => (/^[UO]L$/.test(node.nodeName) ? Array.from(node.children, function (one, at) {
      const list = make(node.nodeName, '', copy(one));
      if (node.nodeName === 'OL') /** @type {any} */ (list).start = at + 1;
      return list;
    }) : [copy(node)])).filter((node) => node.textContent.trim());
    const short = blocks.length === 1 && blocks[0].nodeName === 'P';
    return screen('text', id, title, [{ kind: 'text', blocks,
      draw: (shown) => make('div', short ? 'iml-p-talk' : 'iml-p-text',
        make('h2', 'iml-p-title', title), ...shown) }]);
  }

  /** One question, as large as it goes. */
  function talk(id, question) {
    return screen('talk', id, plain(question), [{ kind: 'talk',
      draw: () => make('div', 'iml-p-talk', said('h2', 'iml-p-question', question)) }]);
  }

  /** A drawing as large as its place allows, and not larger: what lies outside it is not to be seen. */
  function wide(drawing) {
    const made = make('div', 'iml-p-picture', copy(drawing));
    const box = boxOf(drawing);
    made.style.setProperty('--iml-ratio', String(box[2] / box[3]));
    return made;
  }

  const boxOf = (drawing) => (drawing.getAttribute('viewBox') || '0 0 3 2').split(/[\s,]+/).map(Number);

  /** A drawn scene over the whole screen, with a title below it. */
  function scene(id, title, drawing, label, more) {
    return screen('scene', id, title, [{ kind: 'scene',
      draw: () => make('div', 'iml-p-scene', ...drawing ? [wide(drawing)] : [],
        make('div', 'iml-p-name', ...label ? [make('p', 'iml-p-label', label)] : [],
          make('h2', 'iml-p-title', title), ...more || [])) }]);
  }

  /** A figure, built up where its drawing has parts. */
  function figure(id, element, title) {
    const drawing = element.querySelector('svg, img');
    const caption = element.querySelector('figcaption');
    const count = element.querySelectorAll('[data-iml-part-of]').length;
    const name = title || plain(caption).split(/[.:؟。]/)[0] || id;
    // What names it is not said twice.
    const about = plain(caption).startsWith(name) ? plain(caption).slice(name.length).replace(/^[.:\s]+/, '')
      : plain(caption);
    const box = boxOf(drawing);
    // What has a high drawing has room beside it.
    const beside = box[2] < box[3] * 1.15;
    const stages = Array.from({ length: Math.max(1, count) }, (_, shown) => ({ kind: 'figure',
      draw: function () {
        const made = copy(drawing);
        made.querySelectorAll('[data-iml-part-of]').forEach(
          (part, at) => part.classList.toggle('iml-later', at > shown));
        const holder = make('div', 'iml-figure iml-p-drawing', made);
        return make('div', 'iml-p-figure ' + (beside ? 'iml-p-beside' : ''), holder,
          make('div', 'iml-p-caption', make('h2', 'iml-p-title', name),
            ...about ? [make('p', '', about)] : []));
      } }));
    return screen('figure', id, name, stages);
  }

  const heads = (element) => Array.from(element.querySelectorAll('thead th'), plain).filter(Boolean).join(' · ');

  /** A table: its head stands over each part of it. */
  function table(id, element, title) {
    const head = element.querySelector('thead');
    const blocks = Array.from(element.querySelectorAll('tbody > tr'), copy);
    return screen('table', id, title, [{ kind: 'table', blocks,
      draw: (rows) => make('table', 'iml-p-table', ...head ? [copy(head)] : [], make('tbody', '', ...rows)) }]);
  }

  /** What people say; what puts it right comes when it is asked for. */
  function misunderstanding(id, element) {
    const sentence = element.querySelector('.iml-said');
    const right = Array.from(element.children).filter((one) => one.matches('p, ul, ol') && one !== sentence &&
      !one.matches('.iml-block-title'));
    const head = () => [said('p', 'iml-p-label', element.querySelector('.iml-block-kind')),
      said('p', 'iml-p-said', sentence)];
    return screen('talk', id, plain(sentence), [
      { kind: 'asked', draw: () => make('div', 'iml-p-talk', ...head()) },
      { kind: 'answer', draw: () => make('div', 'iml-p-talk', ...head(), ...right.map(copy)) },
    ]);
  }

  function block(id, element) {
    const title = plain(element.querySelector('.iml-block-kind'));
    return words(id, title, Array.from(element.children).filter((one) => one.matches('ul, ol')));
  }

  /** The words of a situation, to be read along while they are read aloud. */
  function situation(id, element) {
    const kind = element.querySelector('.iml-block-title');
    const name = copy(kind);
    for (const one of name.querySelectorAll('.iml-block-kind')) one.remove();
    const title = name.textContent.trim() || text('player.present.opening');
    const made = words(id, title, Array.from(element.children).filter((one) => one.matches('p, ul, ol') && one !== kind));
    return Object.assign(made, { title: text('player.present.read', { title }) });
  }

  // --- the plan -------------------------------------------------------------------------------

  /**
   * Reads a session plan from its page.
   * @param {ParentNode} page
   * @returns {PresentActivity[]}
   */
  function planOf(page) {
    return Array.from(page.querySelectorAll('[data-iml-activity]'), function (line, at) {
      const section = line.parentElement;
      const parts = Array.from(section.querySelectorAll('.iml-plan-slide, .iml-plan-ask'), function (one) {
        const head = one.querySelector('.iml-plan-head strong');
        return { element: one, title: plain(head), head, shows: one.dataset.imlShows || '' };
      });
      const { imlActivity, imlMethod = '', imlUses = '' } = line.dataset;
      return { number: at + 1, title: plain(section.querySelector('h3')), method: imlMethod,
        uses: imlUses.split(' ').filter(Boolean), minutes: Number(imlActivity), parts };
    });
  }

  // --- the order of the module ----------------------------------------------------------------

  /**
   * Gives the screens of the page of a module.
   * @param {HTMLElement} article
   * @param {PresentActivity[]} plan  none, or that of its session
   * @param {boolean} planned  whether they come in the order of the plan
   * @returns {PresentScreen[]}
   */
  function screensOf(article, plan, planned) {
    const items = itemsOf(article);
    const figures = Array.from(article.querySelectorAll('figure.iml-figure'));
    const opening = article.querySelector('.iml-situation');
    const drawing = article.querySelector('.iml-art svg, .iml-art img');
    const title = plain(article.querySelector('h1'));
    const label = plain(article.querySelector('.iml-kicker b'));
    return planned ? inPlan() : inModule();

    function inModule() {
      /** @type {PresentScreen[]} */
      const found = [Object.assign(scene('title', title, drawing, label), { group: title })];
      const place = new Map(plan.flatMap((one) => one.parts.map(
        (part, at) => [part.shows, { activity: one.number, part: at }])));
      const sections = Array.from(article.querySelectorAll('h1 ~ section'));
      const count = new Map();
      for (const element of article.querySelectorAll(KINDS.join(', '))) {
        if (element.parentElement.closest('.iml-law, .iml-case, .iml-example, details')) continue;
        const section = sections.find((one) => one.contains(element));
        const group = section ? plain(section.querySelector('h2')) : title;
        const kind = KINDS.findIndex((one) => element.matches(one));
        const number = (count.get(kind) || 0) + 1;
        count.set(kind, number);
        const id = ['situation', 'figure', 'table', 'said', 'keypoints', 'aims', ''][kind] + '-' + number;
        // What is talked about comes before the end, where it is summed up.
        if (section && section === sections[sections.length - 1]) talks(found);
        const made = kind === 0 ? [situation(id, element)]
          : kind === 1 ? [figure(id, element)]
            : kind === 2 ? [table(id, element, heads(element) || group)]
              : kind === 3 ? [misunderstanding(id, element)]
                : kind < 6 ? [block(id, element)]
                  : Array.from(element.querySelectorAll('[data-iml-item]'),
                    (one) => player.asked.screensOf(items.get(one.dataset.imlItem).element)).flat();
        for (const one of made) {
          const shows = kind === 1 ? 'figure:' + figures.indexOf(element)
            : one.kind === 'case' ? 'case:' + one.item : kind === 0 ? 'scene' : 'question:' + one.item;
          found.push(Object.assign(one, { group, at: section || opening, element }, place.get(shows)));
        }
      }
      talks(found);
      return found;
    }

    /** Adds what the plan asks the group, once. */
    function talks(found) {
      if (found.some((one) => one.id.startsWith('ask-'))) return;
      for (const activity of plan) {
        activity.parts.forEach(function (part, at) {
          if (part.element.matches('.iml-plan-slide')) return;
          found.push(Object.assign(talk('ask-' + activity.number + '-' + at, part.head),
            { group: text('player.present.discuss'), activity: activity.number, part: at }));
        });
      }
    }

    /** Names an activity without its number. */
    function bare(activity) {
      return activity.title.replace(/^\d+\.\s*/, '');
    }

    function inPlan() {
      /** @type {PresentScreen[]} */
      const found = [];
      let scenes = 0;
      for (const activity of plan) {
        const before = found.length;
        activity.parts.forEach(function (part, at) {
          const id = 'a' + activity.number + '-' + at;
          const [shows, target] = part.shows.split(':');
          const body = Array.from(part.element.children).filter(
            (one) => !one.matches('.iml-plan-head, [data-iml-shown]'));
          const item = items.get(target);
          let made = [];
          if (!part.shows) made = [talk(id, part.head)];
          else if (shows === 'scene') {
            made = [scene(id, part.title, drawing, scenes ? '' : label, body.map(copy))];
            // It is read aloud the first time.
            if (!scenes && opening) made.push(situation(id + '-read', opening));
            scenes += 1;
          } else if (shows === 'figure' && figures[target]) made = [figure(id, figures[target], part.title)];
          else if ((shows === 'question' || shows === 'case') && item) {
            made = player.asked.screensOf(item.element, part.title);
          } else made = [words(id, part.title, body)];
          for (const one of made) found.push(Object.assign(one, { part: at }));
        });
        // What it works with, and has no slide for: the scene before all else, the rest behind it.
        for (const name of activity.uses) {
          const [kind, target] = name.split(':');
          const id = 'a' + activity.number + '-' + name;
          const item = items.get(target);
          if (kind === 'scene') {
            found.splice(before, 0, scene(id, bare(activity), drawing, ''));
            if (!scenes && opening) found.splice(before + 1, 0, situation(id + '-read', opening));
            scenes += 1;
          } else if (kind === 'figure' && figures[target]) found.push(figure(id, figures[target]));
          else if (item && !found.some((one) => one.item === target)) {
            found.push(...player.asked.screensOf(item.element));
          }
        }
        if (found.length === before) {
          const { minutes } = activity;
          found.push(scene('a' + activity.number, bare(activity), null, '', [make('p', '',
            text('player.present.work.' + form(minutes), { method: activity.method, count: minutes }))]));
        }
        for (const one of found.slice(before)) {
          Object.assign(one, { group: activity.title, activity: activity.number, minutes: activity.minutes });
        }
      }
      return found;
    }
  }

  player.screens = { screensOf, planOf };
}(globalThis.imlPlayer));
