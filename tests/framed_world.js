// A page on file:// whose record lies in a hidden frame, without a browser: the page's own storage
// (`kept`), the frame's (`far`), and what is under way between the two. Put behind shelf_world.js.
const far = new Shelved();
globalThis.localStorage = far;
const farShelf = shelves.local();
globalThis.localStorage = kept;
const heard = [];
const page = { posted: [], frame: null };
globalThis.location = { protocol: 'file:', reload: () => { page.reloaded = true; } };
globalThis.addEventListener = (name, action) => { if (name === 'message') heard.push(action); };
globalThis.document = {
  createElement: () => ({
    contentWindow: { postMessage: (message) => page.posted.push(message) },
  }),
  body: { append(frame) { page.frame = frame; } },
  addEventListener() {},
};
/** Has the frame of the page say something to it, or another window. */
const say = (data, source = page.frame.contentWindow) => {
  for (const action of heard) action({ source, data });
};
const turn = async () => { for (let at = 0; at < 20; at += 1) await Promise.resolve(); };
const copied = (value) => JSON.parse(JSON.stringify(value));
/** Has the frame do what it was asked, as hosts/frame.js does it, and say so. */
const answer = async () => {
  await turn();
  for (const { number, call, args } of page.posted.splice(0)) {
    // What goes between windows is copied.
    say(copied({ imlStore: 'answer', number, value: farShelf[call](...copied(args)) }));
  }
  await turn();
};
const ready = async () => { say({ imlStore: 'ready' }); await answer(); };
/** Lets the time be over that something may take. */
const tooLong = async () => {
  await turn();
  for (const [action, wait] of clock.splice(0)) if (wait === 5000) action();
  await turn();
};
/** Opens the page again, as one that was left and whose storage stayed. */
let visits = 0;
const visit = (learner = '') => {
  heard.length = page.posted.length = clock.length = 0;
  visits += 1;
  return store.open({ course: 'c', learner, shelf: imlPlayer.framed.shelf('store.html?' + visits) });
};
/** Opens it and waits for the frame in vain, or until the frame has said what it has. */
const unframed = async () => {
  const opened = visit();
  opened.load();
  await tooLong();
  return opened;
};
const framed = async (learner) => {
  const opened = visit(learner);
  opened.load();
  await ready();
  return opened;
};
const farAway = () => Object.fromEntries(Array.from(far.held, ([key, raw]) => {
  let value = raw;
  try { value = JSON.parse(raw); } catch (error) { /* as it stands */ }
  return [key.replace(BASE, ''), value];
}));
const leave = () => ['addEventListener', 'document', 'location'].forEach((name) => delete globalThis[name]);
