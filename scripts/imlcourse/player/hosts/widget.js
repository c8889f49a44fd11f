// needs: core/quiz record/record record/store record/xapi
/* A quiz in a live notebook: the front of imlcourse.live.widget. The record is kept by the kernel, in a
   file beside the notebook; this shelf (see store.js) asks the kernel to write it. */
const shelves = new WeakMap();

/** The shelf of a widget's model: one for all the places in which the widget is shown. */
function shelfOf(model) {
  if (shelves.has(model)) return shelves.get(model);
  const player = globalThis.imlPlayer;
  const course = model.get('course');
  const waiting = new Map();
  const known = new Map(Object.entries(model.get('entries')));
  let asked = 0;

  model.on('msg:custom', function (message) {
    const answer = waiting.get(message && message.number);
    if (!answer) return;
    waiting.delete(message.number);
    answer(message);
  });

  function ask(content) {
    asked += 1;
    const number = asked;
    return new Promise(function (resolve) {
      // Without a kernel nobody answers.
      const timer = setTimeout(() => resolve({ kept: false, trouble: 'kernel' }), 5000);
      waiting.set(number, function (message) {
        clearTimeout(timer);
        resolve(message);
      });
      try {
        model.send(Object.assign({ number }, content));
      } catch (error) {
        resolve({ kept: false, trouble: 'kernel' });
      }
    });
  }

  /** Writes an entry; if the file holds a newer one than was known, both are merged first. */
  function put(ofCourse, learner, key, entry) {
    const merged = player.record.merge(key, entry, known.get(key));
    return ask({
      put: key, entry: merged, known: known.get(key) || null,
      statements: player.xapi.statements(course, learner, { [key]: merged }),
    }).then(function (answer) {
      if (answer.there && player.record.isValid(key, answer.there)) {
        known.set(key, answer.there);
        return put(ofCourse, learner, key, merged);
      }
      if (answer.kept) known.set(key, merged);
      return { kept: Boolean(answer.kept), trouble: answer.trouble, entry: merged };
    });
  }

  const shelf = {
    open: () => ({
      learner: model.get('learner'), learners: [], entries: Object.fromEntries(known),
      troubles: model.get('troubles'),
    }),
    put,
    setAside: () => null,
    choose: () => false,
    remove: () => false,
    watch: () => null,
  };
  const store = player.store.open({ course: course.id, learner: model.get('learner'), shelf });
  shelves.set(model, store);
  return store;
}

function render({ model, el }) {
  const player = globalThis.imlPlayer;
  const store = shelfOf(model);
  el.innerHTML = model.get('html');
  const review = document.createElement('div');
  review.dataset.imlReview = '';
  el.append(review);
  player.start(el, { store });
}

export default { render };
