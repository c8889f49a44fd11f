// needs: core/quiz record/record record/store record/xapi
/* A quiz in a live notebook: the front of imlcourse.live.widget, an ES module as anywidget wants it.
   The record is kept by the kernel, in a file beside the notebook; the shelf of a widget (see
   store.js) asks the kernel to write it. */
const links = new Map(); // by the name of a widget: what goes to and fro between it and the kernel
let loading = null;
let shown = 0;

/**
 * Makes sure that the player is on the page. All widgets share one copy of it: it stands in a model
 * of its own, whose id each of them holds, and runs once.
 */
async function playerFor(model, el) {
  const files = await model.widget_manager.get_model(model.get('player').replace('IPY_MODEL_', ''));
  if (!globalThis.imlPlayer) {
    loading = loading || import(URL.createObjectURL(
      new Blob([files.get('script')], { type: 'text/javascript' })));
    await loading;
  }
  const place = el.getRootNode();
  if (!place.querySelector('style[data-iml-player]')) {
    const style = document.createElement('style');
    style.dataset.imlPlayer = '';
    style.textContent = files.get('style');
    (place.head || place).append(style);
  }
}

/** Gives the link of a widget: one for all the places in which it is shown. */
function linkOf(model) {
  const name = model.get('name');
  if (links.has(name)) return links.get(name);
  const waiting = new Map();
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

  const link = { ask, store: null };
  links.set(name, link);
  return link;
}

/** Gives the store of a widget, which works with the shelf in the kernel. */
function storeOf(model) {
  const link = linkOf(model);
  if (link.store) return link.store;
  const player = globalThis.imlPlayer;
  const course = model.get('course');
  const known = new Map();

  /** Writes an entry; if the file holds a newer one than was known, both are merged first. */
  function put(ofCourse, learner, key, entry, aside = false) {
    const merged = player.record.merge(key, entry, known.get(key));
    return link.ask({
      put: key, entry: merged, known: aside || known.get(key) || null, aside: Boolean(aside),
      statements: player.xapi.statements(course, learner, { [key]: merged }),
    }).then(function (answer) {
      if (player.record.isNewer(answer.there)) {
        return { kept: false, trouble: 'newer', entry: merged };
      }
      // What makes no sense is kept in a copy of the file, and written over.
      if (answer.there && !aside && !player.record.isValid(key, answer.there)) {
        return put(ofCourse, learner, key, merged, answer.there);
      }
      if (answer.there && player.record.isValid(key, answer.there)) {
        known.set(key, answer.there);
        return put(ofCourse, learner, key, merged);
      }
      if (answer.kept) known.set(key, merged);
      return { kept: Boolean(answer.kept), trouble: answer.trouble, entry: merged };
    });
  }

  /** Gives what the kernel holds, as far as it makes sense. */
  function open() {
    /** @type {Record<string, unknown>} */
    const newer = {};
    const entries = {};
    const troubles = model.get('troubles').slice();
    for (const [key, entry] of Object.entries(model.get('entries'))) {
      if (player.record.isValid(key, entry)) {
        entries[key] = entry;
        known.set(key, entry);
      } else if (player.record.isNewer(entry)) newer[key] = entry;
      if (!entries[key]) troubles.push(newer[key] ? 'newer' : 'damaged');
    }
    return { learner: model.get('learner'), learners: [], entries, newer, troubles };
  }

  /** Calls action when another cell, or another kernel, has written. */
  function watch(action) {
    model.on('change:entries', function () {
      for (const [key, entry] of Object.entries(open().entries)) {
        action(course.id, model.get('learner'), key, entry);
      }
    });
  }

  const shelf = {
    open,
    put,
    setAside: () => null,
    choose: () => false,
    remove: () => false,
    watch,
  };
  link.store = player.store.open({ course: course.id, learner: model.get('learner'), shelf });
  return link.store;
}

/** Gives ids and names of their own to what is shown once more: a page has each of them once. */
function setApart(el, number) {
  const named = ['id', 'for', 'name', 'aria-describedby', 'aria-labelledby'];
  for (const element of el.querySelectorAll(named.map((name) => '[' + name + ']').join())) {
    for (const name of named) {
      const value = element.getAttribute(name);
      if (value) {
        element.setAttribute(name, value.split(' ').map((one) => one + '-w' + number).join(' '));
      }
    }
  }
}

/** Is called once for each widget, however often it is shown. */
function initialize({ model }) {
  linkOf(model);
  return () => links.delete(model.get('name'));
}

/** Shows a widget in a cell; gives what takes away all that stands outside the cell. */
async function render({ model, el }) {
  await playerFor(model, el);
  shown += 1;
  el.innerHTML = model.get('html');
  const review = document.createElement('div');
  review.id = 'iml-review';
  review.dataset.imlReview = '';
  el.append(review);
  setApart(el, shown);
  const player = globalThis.imlPlayer;
  return player.start(el, { store: storeOf(model) }).end;
}

export default { initialize, render };
