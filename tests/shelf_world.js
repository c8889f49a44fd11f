// A browser's storage to keep records in, without a browser: what it holds, and how it fails.
// Put before the code of a test, which it gives `world` and some entries.
class Shelved {
  constructor() {
    this.held = new Map();
    this.writes = 0;
    this.fails = null; // the name of the error that writing throws
    this.deaf = false; // whether it forgets at once what is written
    this.unread = false; // whether reading fails
    this.unwritten = ''; // keys that end so cannot be written
  }

  get length() { return this.held.size; }

  key(at) { return Array.from(this.held.keys())[at]; }

  getItem(key) {
    if (this.unread) throw new Error('not to be read');
    return this.held.has(key) ? this.held.get(key) : null;
  }

  setItem(key, value) {
    if (this.fails || (this.unwritten && key.endsWith(this.unwritten))) {
      throw Object.assign(new Error('not written'), { name: this.fails || 'QuotaExceededError' });
    }
    this.writes += 1;
    if (!this.deaf) this.held.set(key, String(value));
  }

  removeItem(key) { this.held.delete(key); }
}

const kept = new Shelved();
const session = new Shelved();
globalThis.localStorage = kept;
globalThis.sessionStorage = session;
// Nothing waits: what is to be done later is listed, and done by who asks for it.
const clock = [];
globalThis.setTimeout = (action, wait) => { clock.push([action, wait]); return clock.length; };
globalThis.clearTimeout = (number) => { if (number) clock.splice(number - 1, 1); };
const { store, shelf: shelves, record } = imlPlayer;
const BASE = 'imlcourse/' + record.FORMAT + '/';
/** An entry of one's own, written so many minutes after nine. */
const me = (name, minute = 0) => ({
  v: record.FORMAT, at: new Date(Date.UTC(2026, 10, 28, 9, minute)).toISOString(), name,
});
const read = (sections, minute = 0) => ({ ...me(undefined, minute), sections });
const newer = { ...me('Ada'), v: record.FORMAT + 1 };
/** All that is kept, by key, without what is before the course. */
const all = () => Object.fromEntries(Array.from(kept.held, ([key, raw]) => {
  let value = raw;
  try { value = JSON.parse(raw); } catch (error) { /* as it stands */ }
  return [key.replace(BASE, '').replace(/(aside\/.*)\/[^/]*Z$/, '$1'), value];
}));
const hold = (key, value) => kept.held.set(BASE + key, typeof value === 'string' ? value : JSON.stringify(value));
/** A shelf that takes what it is told to take, and says what it was asked. */
const shelfOf = (opened = {}) => {
  const shelf = {
    asked: [], answers: [], watching: null, opened: { learner: 'a', entries: {}, troubles: [], ...opened },
    open(...args) { shelf.asked.push(['open', ...args]); return shelf.opened; },
    put(course, learner, key, entry) {
      shelf.asked.push(['put', course, learner, key, entry]);
      return { kept: true, entry, ...(shelf.answers.shift() || {}) };
    },
    watch(action) { shelf.watching = action; },
  };
  for (const call of ['restore', 'setAside', 'choose', 'remove']) {
    shelf[call] = (...args) => { shelf.asked.push([call, ...args]); return true; };
  }
  return shelf;
};
