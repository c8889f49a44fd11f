// needs: core/dom core/texts pages/course pages/tracks
// texts: player.way.* player.way.certificate player.way.cover player.way.done player.way.final
//   player.way.track
/* What leads through the book follows the role: the links at the foot of a page, and the modules in
   the contents. The pages are whole without it: the links then lead through the course in its own
   order. */
(function (player) {
  'use strict';
  const { make, icon } = player.dom;
  const { text } = player.texts;

  /** Gives the address of a page of the book from this one. */
  function to(href) {
    return (document.documentElement.dataset.content_root || '') + href;
  }

  /** Says whether a link leads to a page of the book. */
  function leads(link, href) {
    return link.href.split('#')[0] === new URL(to(href), document.baseURI).href;
  }

  function roleOf(store) {
    return (store.get('me') || {}).role;
  }

  /** Shows something anew when the role changes, and when the record does. */
  function keep(store, show) {
    show();
    store.listen(player.dom.later(show));
  }

  /**
   * The links at the foot of a module, and of the page from which the first one begins: there is
   * one way on, and it is that of the role.
   */
  function foot(course, store) {
    const turn = document.querySelector('.iml-turn');
    const { imlModule: here } = document.body.dataset;
    const on = turn && turn.querySelector('[rel="next"]');
    // Some page comes before the first module: from there, too, the way of the role begins.
    if (!turn || !(here || (on && course.modules.some(({ href }) => leads(on, href))))) return;
    const written = turn.innerHTML;

    function set(side, { href, label, title }) {
      let link = turn.querySelector('[rel="' + side + '"]');
      if (!link) {
        link = make('a', '');
        link.rel = side;
        if (side === 'prev') turn.prepend(link);
        else turn.append(link);
      }
      link.href = to(href);
      link.replaceChildren(make('span', '', text('player.way.' + side)), ' ',
        make('span', 'iml-number', label), ' ', title);
    }

    keep(store, function () {
      const role = roleOf(store);
      turn.innerHTML = written; // as it is without a role
      if (!player.tracks.trackOf(course, role)) return;
      const [first] = player.tracks.wayOf(course, role);
      if (!here) {
        set('next', first);
        return;
      }
      const { before, after, ends } = player.tracks.beside(course, role, here);
      if (before) set('prev', before);
      else set('prev', { href: 'index.html', label: '', title: text('player.way.cover') });
      if (ends && course.pages.certificate) {
        set('next', {
          href: course.pages.certificate, label: '', title: text('player.way.certificate'),
        });
      } else if (after) set('next', after);
      else if (course.pages.final) {
        set('next', { href: course.pages.final, label: '', title: text('player.way.final') });
      }
    });
  }

  /** The modules in the contents: those of the track stand first, and what is done has a tick. */
  function contents(course, store) {
    const nav = document.querySelector('.iml-nav');
    const entries = new Map();
    if (!nav) return;
    for (const link of nav.querySelectorAll('[data-iml-to]')) {
      entries.set(link.dataset.imlTo, { item: link.closest('li'), list: link.closest('ul'), link });
    }
    if (!entries.size) return;
    const [{ list: firstList }] = entries.values();
    const own = make('ol', '');
    const group = make('details', 'iml-group iml-nav-track',
      make('summary', 'caption', text('player.way.track')), own);
    let shown = null;
    group.open = true;
    firstList.closest('details').before(group);

    keep(store, function () {
      const role = roleOf(store);
      const { modules } = player.course.stateOf(course, store, new Date().toISOString());
      for (const { module, complete } of modules) {
        const entry = entries.get(module.id);
        if (!entry) continue;
        const tick = entry.link.querySelector('.iml-tick');
        if (complete && !tick) {
          entry.link.prepend(make('span', 'iml-tick iml-done', icon('right'),
            make('span', 'iml-unseen', text('player.way.done'))));
        } else if (!complete && tick) tick.remove();
      }
      if (shown === (role || '')) return;
      shown = role || '';
      const track = player.tracks.trackOf(course, role);
      // In the order of the course first, before what else its list holds; so what leaves the
      // track is again where it was.
      for (const { item, list } of Array.from(entries.values()).reverse()) list.prepend(item);
      for (const id of track ? track.modules : []) {
        const entry = entries.get(id);
        if (entry) own.append(entry.item);
      }
      group.hidden = !track;
      // The page that is shown is in sight; the group that it left is folded again.
      for (const { list, link } of entries.values()) {
        if (link.getAttribute('aria-current') !== 'page') continue;
        list.closest('details').open = !own.contains(link);
      }
    });
  }

  /**
   * Makes the foot of the page and the contents follow the role.
   * @param {Course} course
   * @param {Store} store
   */
  function follow(course, store) {
    if (!course.tracks || !Object.keys(course.tracks).length) return;
    foot(course, store);
    contents(course, store);
  }

  player.way = { follow, to };
}(globalThis.imlPlayer));
