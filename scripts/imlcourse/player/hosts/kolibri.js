// needs: core/texts hosts/around hosts/forms hosts/held hosts/platform hosts/reported record/record
// texts: player.host.newer player.kolibri.file player.kolibri.guest player.kolibri.outside
//   player.kolibri.hosted.* player.kolibri.print
/* The page around the course in Kolibri. Kolibri gives this page, and none in a frame of it, a
   storage that goes with the learner to any device: there the record is kept, as one text, and the
   pages have it as their shelf (see store.js). How far the learner is, Kolibri takes from SCORM's
   score, whatever a score is elsewhere; so the progress is said as one.

   Kolibri's frame sends no forms, prints nothing, saves no files and opens no windows. Forms are
   sent in its place (see forms.js); of all else it is said that it does not work here.

   Opened without Kolibri, the pages keep the record themselves, as they do anywhere. imlKolibri
   says what the package holds: see products/packages/boxes. */
(function (player) {
  'use strict';
  const ALMOST = 0.99; // what Kolibri takes for all is done when all is
  const { text } = player.texts;
  const { FORMAT, isNewer, isValid, see, stamp } = player.record;
  const { course, module, table, files, start } = globalThis.imlKolibri;
  const KEPT = 'imlcourse/' + FORMAT + '/' + course.id;
  const PLACE = KEPT + '/place';
  const { say, show, hold, place } = player.around({ files, start });
  const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe'));

  /** Reads the record: its entries, and what a newer version of the course has written. */
  function read() {
    const raw = localStorage.getItem(KEPT) || '{}';
    const entries = {};
    const others = {};
    try {
      for (const [key, entry] of Object.entries(JSON.parse(raw))) {
        (isValid(key, entry) ? entries : others)[key] = entry;
      }
    } catch (error) {
      localStorage.setItem(KEPT + '/aside', raw); // out of the way, but not lost
    }
    Object.values(entries).forEach(see);
    return { entries, others };
  }

  /** Holds the record in Kolibri's storage, and tells Kolibri how far the learner is. */
  function host(api) {
    api.LMSInitialize('');
    const { entries, others } = read();
    const store = {
      get: (key) => entries[key] || null,
      keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
    };

    function report() {
      const { completion, progress } = player.reported.reportedOf(store, course, module, table);
      const share = completion === 'completed' ? 1 : Math.min(progress, ALMOST);
      api.LMSSetValue('cmi.core.score.raw', String(Math.round(share * 100)));
    }

    function keep() {
      localStorage.setItem(KEPT, JSON.stringify(Object.assign({}, others, entries)));
      report(); // at once: Kolibri may take the frame away at any moment
    }

    const name = api.LMSGetValue('cmi.core.student_name');
    if (name && !entries.me) entries.me = Object.assign({ v: FORMAT, name }, stamp());
    const { shelf } = player.held(course.id, entries, () => undefined, keep);
    hold('player.kolibri.hosted.', { course: course.id, shelf, module });
    if (!api.LMSGetValue('cmi.core.student_id')) say('guest', text('player.kolibri.guest'));
    if (Object.values(others).some(isNewer)) say('newer', text('player.host.newer'));
    report();
  }

  /** Sees to what Kolibri's frame forbids the pages. */
  function allow() {
    const own = /** @type {any} */ (frame.contentWindow);
    say('not', '');
    localStorage.setItem(PLACE, place());
    player.forms(own.document, (address) => { own.location.href = address; });
    own.print = () => say('not', text('player.kolibri.print'));
    if (own.imlPlayer) {
      own.imlPlayer.dom.download = function () {
        say('not', text('player.kolibri.file'));
        return false;
      };
    }
    own.document.addEventListener('click', function (/** @type {any} */ event) {
      const link = event.target.closest && event.target.closest('a[target=_blank]');
      if (!link || event.defaultPrevented) return;
      event.preventDefault();
      say('not', text('player.kolibri.outside', { address: link.href }));
    });
  }

  const api = player.platform.find(globalThis, 'API');
  if (api) {
    host(api);
    show(localStorage.getItem(PLACE) || '', allow);
  } else {
    show('', () => undefined);
  }
}(globalThis.imlPlayer));
