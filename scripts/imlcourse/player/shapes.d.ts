// The shapes that the player's files share, for the compiler that checks them (see tsconfig.json).
// Nothing of it is shipped.

/** ISO time in UTC, such as 2026-01-31T12:00:00.000Z. */
type Time = string;
/** Points from 0 to 1. */
type Share = number;
/** What was answered; its form depends on the type of the item. */
type Response_ = any;
/** Whether each part is right, by its id. */
type Parts = Record<string, boolean>;
interface Score { points: Share; parts: Parts }

// --- the record: see record/record.js ---------------------------------------------------------

/** When it was written: see record/record.js. */
interface Dated { at: Time; seq?: number }
interface Try extends Dated {
  points: Share; response?: Response_;
  /** Whether its hint had been read. */
  hinted?: boolean;
}
interface PastTry extends Try {
  item: string; tries: number; first: Try; type?: string; best?: Share; shown?: boolean;
  review?: Review;
}
interface Review extends Dated {
  box: number; due: Time | null; stability?: number; difficulty?: number;
}
/** The answers to an item: item/<id>. */
interface ItemEntry extends Try {
  v: number; item: string; type: string; response: Response_; tries: number; best: Share;
  shown: boolean; first: Try; earlier: PastTry[]; review?: Review;
}
/** A case that was begun: draft/<id>. */
interface DraftEntry extends Dated { v: number; item: string; response: string[] }
interface DrawnItem { id: string; version: string; type: string }
interface Answer extends Dated { response: Response_ }
/** An attempt at a test: attempt/<test>/<n>. */
interface Attempt extends Dated {
  v: number; test: string; kind: string; course: string; id: string; begun: Time;
  /** When it was begun by the clock that never runs back, where that differs from begun. */
  begunSeq?: number;
  ended: Time | null; seed: number; place: number; items: DrawnItem[];
  answers: Record<string, Answer>; results: Record<string, Share>; points: Share | null;
  passed: boolean | null;
}
/** What was read of a module: read/<module>. */
interface ReadEntry extends Dated {
  v: number; sections: Record<string, Time>; done?: Time | ''; place?: string; stamps?: Stamps;
}
/** When single fields were written that are older than their entry. */
type Stamps = Record<string, number>;
interface Rated extends Dated { points: number | null }
/** What was written into a worksheet: work/<id>. */
interface WorkEntry extends Dated {
  v: number; fields: Record<string, Dated & { text: string }>; self: Record<string, Rated>;
  peer: Record<string, Rated>;
}
/** What the learner promised to do at work: promise/<module>. */
interface PromiseEntry extends Dated {
  v: number; text: string; made: Time; answer?: 'done' | 'later' | 'gone' | '';
  answered?: Time | ''; words?: string; stamps?: Stamps;
}
interface Promised { module: CourseModule; promise: PromiseEntry }
/** The learner: me. */
interface MeEntry extends Dated {
  v: number; name?: string; role?: string; account?: string; whole?: boolean; stamps?: Stamps;
}
/** Any entry of the record. */
type Entry = any;

/** What was found in a file: see record/xapi.js. */
interface Collected {
  entries: Record<string, Entry>; names: string[]; strange: number; damaged: number; newer: number;
}

// --- the store and the shelf behind it: see record/store.js -----------------------------------

type Trouble = 'forbidden' | 'full' | 'damaged' | 'newer' | 'alone' | 'window' | 'kernel' | string;
interface Learner { id: string; name: string }
interface Opened {
  learner: string; learners: Learner[]; entries: Record<string, Entry>; troubles: Trouble[];
  newer?: Record<string, unknown>;
  /** Whether it was said, since the browser was opened, that it is this learner. */
  known?: boolean;
  /** When the records of learners were removed. */
  removed?: Record<string, Time>;
}
interface Put { kept: boolean; trouble?: Trouble; entry: Entry }
type Watcher = (course: string, learner: string, key: string, entry: Entry | null) => void;
type Now<T> = T | Promise<T>;
interface Shelf {
  open(course: string, learner: string): Now<Opened>;
  put(course: string, learner: string, key: string, entry: Entry): Now<Put>;
  /** Not of every host. */
  restore?(course: string, learner: string, changed: Record<string, Entry | null>): Now<boolean>;
  setAside(course: string, learner: string, key: string): unknown;
  choose(course: string, learner: string): Now<boolean>;
  remove(course: string, learner: string): Now<boolean>;
  watch(action: Watcher): unknown;
  /** Is told what is put before it was opened. */
  hold?(course: string, learner: string, key: string, entry: Entry): void;
  /** Calls the action when it can be asked after all. */
  late?(action: () => void): unknown;
}
interface Store {
  course: string; learner: string | null; learners: Learner[]; known: boolean;
  /** Whether a learning platform has the record. */
  hosted?: boolean;
  /** Where the other files of the book stand; on its pages alone. */
  files?: string;
  load(): Promise<void>;
  get(key: string): Entry | null;
  keys(prefix: string): string[];
  put(key: string, entry: Entry): Promise<boolean>;
  putFor(learner: string, key: string, entry: Entry): Promise<boolean>;
  restore(changed: Record<string, Entry | null>): Promise<boolean>;
  setAside(key: string): void;
  choose(learner: string): Promise<boolean>;
  remove(): Promise<boolean>;
  newer(): Record<string, unknown>;
  troubles(): Trouble[];
  /** Gives what takes the listener away again. */
  listen(action: (key: string | null) => void): () => void;
}
interface StoreOptions { course?: string; learner?: string; shelf?: Shelf; frame?: string }

// --- quizzes: see core/quiz.js and core/items.js ----------------------------------------------

type Kind = 'right' | 'partly' | 'wrong';
interface Outcome {
  response: Response_; result: Score; shown: boolean;
  /** Whether it is the second wrong try, or a later one. */
  again?: boolean;
}
/** What an item type is: see core/quiz.js. */
interface ItemType {
  nothing: string;
  read(view: View): any;
  collect(view: View): Response_ | null;
  restore(view: View, response: Response_): boolean;
  score(data: any, response: Response_): Score;
  mark(view: View, outcome: Outcome): Node[] | null | void;
  reset(view: View, outcome: Outcome): void;
  answer(view: View): string;
  summary?(view: View, outcome: Outcome): string;
  setUp?(view: View): void;
  refuse?(view: View, response: Response_): string;
  setRole?(view: View, role: string | undefined | null): void;
  finishes?: boolean;
  again?: string;
  show?: string;
}
interface Note {
  element: HTMLElement; control: Element | null; kind: Kind; name?: string; word: string;
  said: string;
}
/** An item on the page: its parts, its notes beside the parts, and its voice. */
interface View {
  element: HTMLElement; question: HTMLElement; answer: HTMLElement; type: ItemType; kind: string;
  id: string; version: string; parts: Found; keys: Found;
  notes: Note[]; data: any; live: HTMLElement;
  home(part: string): HTMLElement;
  finish(): void;
  changed(): void;
  say(words: string, visibly?: boolean): void;
  note(part: string, kind: Kind, word: string, body?: Node | null, name?: string,
    shown?: boolean): void;
  unmark(): void;
  lock(locked: boolean): void;
  controls(): NodeListOf<any>;
  keyText(part: string): string;
  feedback(part: string | Element): Node;
  miss(part: string | Element, choice?: string): Node | null;
  setMark(part: string, kind: Kind): void;
  saidNotes(): string;
  /** What a type or a mode keeps with it. */
  [own: string]: any;
}
interface Quiz {
  root: HTMLElement; store: Store; views: View[];
  /** The items as they were written, by id. */
  written: Map<string, HTMLElement>;
  refresh(): void;
  /** Does something when the quiz goes: takes a listener away, above all. */
  onEnd(action: () => void): void;
  /** Takes away all that the quiz has put outside its element. */
  end(): void;
}
interface Mode { (quiz: Quiz): void; draws?: boolean }
interface QuizOptions extends StoreOptions { store?: Store; mode?: string }
interface BlueprintLine { module?: string; objective?: string; level?: string; items: number }
interface PoolItem { id: string; module: string; objective: string; level: string }
interface Uses { times: number; last: Time | '' }

// --- the course: what course.js of the book holds (see player/data.py) -------------------------

interface CourseSection { id: string; title: string }
interface CourseObjective { id: string; text: string; sections: string[] }
/** A step of a module: see player.course.stepsOf. */
interface CourseStep {
  id: string; number: number; minutes: number; kind: 'section' | 'end';
  /** Of a section, on the pages about the record alone. */
  title?: string;
}
interface CourseModule {
  id: string; label: string; title: string; href: string; minutes: number;
  sections: CourseSection[];
  /** The minutes of each step. */
  steps: number[];
  quiz: { id: string; pass: number } | null;
  /** On the pages about the record alone: [id, version, objective, place]. */
  items: [string, string, string, string][];
  objectives: CourseObjective[];
}
interface CourseTrack {
  modules: string[]; minutes: number;
  /** In a slice of the course: how many more modules the track has. */
  left?: number;
}
interface Course {
  id: string; iri: string; title: string; subtitle: string; own: string; version: string; date: string;
  language: string; pages: Record<string, string>; modules: CourseModule[];
  roles: Record<string, { name: string; modules: string[] }>; tests: boolean;
  /** How long an item takes, by type. */
  seconds?: Record<string, number>;
  /** On the pages about the record alone: what result codes hold of each test. */
  codes?: CodedTest[];
  /** By role: the core of four to six modules that has a certificate of its own. */
  tracks: Record<string, CourseTrack>;
  /** Where this is a part of the course: which, in words. */
  slice?: string;
  /** Where a platform has launched a test by itself: its id. */
  only?: string;
}
interface ModuleState {
  /** The step at which the learner was last, where it was noted. */
  place?: string;
  module: CourseModule; sections: Record<string, Time>; read: number; isRead: boolean;
  /** All sections were read, and not only the quiz passed. */
  readItself: boolean;
  /** Not read, and known by the start check. */
  known: boolean;
  best: Attempt | null; passed: boolean; minutes: number; begun: boolean; open: Attempt | null;
  complete: boolean;
}
interface TestState {
  attempts: Attempt[]; ended: Attempt[]; first: Attempt | null; last: Attempt | null;
  best: Attempt | null; open: Attempt | null; passed: boolean;
}
interface DueItem { id: string; module: string; due: Time; seconds: number }
interface Due { items: DueItem[]; count: number; seconds: number; next: Time | null }
/** Something to do: see pages/next.js. Its title says it in words; 0 minutes are not told. */
interface Thing { kind: string; href: string; title: string; minutes: number }
/** How far a learner is on the track of their role. */
interface TrackState {
  role: string; name: string; modules: ModuleState[]; complete: number; minutes: number;
  /** In a slice of the course: how many more modules it has. */
  left: number;
  /** All of its modules are done: its certificate is earned. */
  certified: boolean;
}
/** What a signed certificate of attendance says: see pages/signed.js. */
interface SignedCertificate {
  course: string; edition: string; from: string; name: string; office: string; organizer: string;
  place: string; ref: string; to: string; trainer: string; minutes: number; of: number;
  modules: string[];
}
/** What a check of something signed has found. */
interface SignedOutcome {
  state: 'empty' | 'unable' | 'nokey' | 'other' | 'unreadable' | 'changed' | 'unknown' | 'whole';
  key?: { fingerprint: string; holder: string };
  said?: SignedCertificate; list?: SignedCertificate[]; modules?: Record<string, string>;
  changed?: { number: number; name: string }[]; lines?: number;
}
/** A certificate that was earned: see pages/award.js. */
interface Award {
  kind: 'full' | 'track'; role: string; name: string;
  /** The place of the track, from 1; 0 for the whole course. */
  place: number;
  version: string;
  /** The day, as in 2026-01-31. */
  date: string;
  number: number; code: string; minutes: number; percent: number | null;
  modules: { module: CourseModule; skills: string[] }[];
}
/** What the start check proposes: see pages/proposal.js. */
interface Proposal {
  ended: Time; role: string;
  /** The first module to study; null if all of the way are known. */
  begin: CourseModule | null;
  own: ProposedModule[]; beyond: ProposedModule[]; known: number; count: number;
}
interface ProposedModule { module: CourseModule; asked: boolean; known: boolean; done: boolean }
interface ReadCode {
  outcome: 'empty' | 'attendance' | 'strange' | 'length' | 'slip' | 'other' | 'whole';
  sign?: string; count?: number; wanted?: number;
  date?: string; role?: string | null; name?: string; version?: string; number?: string;
}
/** What a code holds of a test: see course/result_codes.py. */
interface CodedTest {
  test: string; place: number; edition: number; shape: number; signs: number;
  /** Its lines: name (id of an objective or a module, or nothing), questions, steps of a point. */
  rows: [string, number, number][];
}
/** What was read in a result code: see record/code.js. */
interface ReadResult {
  error?: 'empty' | 'strange' | 'length' | 'slip' | 'newer' | 'test' | 'edition';
  sign?: string; groups?: number[]; meant?: string; count?: number; wanted?: number[];
  code?: string; test?: string; person?: string; attempt?: number; date?: string;
  /** Whether all was asked in the words that the course has now. */
  present?: boolean;
  rows?: { name: string; points: number; count: number }[];
}
interface CourseState {
  me: Partial<MeEntry>; modules: ModuleState[];
  tests: { pre: TestState; post: TestState; final: TestState } | null; due: Due;
  complete: number; minutes: number; certified: boolean;
  /** Null where no role is chosen. */
  track: TrackState | null;
}

// --- presenting: see present/view.js ----------------------------------------------------------

/** An option with its letter; key is what the answer says of it. */
interface PresentOption { letter: string; words: Element; key: any; right: boolean }
/** What is seen at once of a screen; blocks are shared out where they are too many. */
interface PresentStage {
  kind: 'asked' | 'answer' | 'reasons' | 'text' | 'talk' | 'scene' | 'figure' | 'table';
  draw(blocks?: any): HTMLElement;
  readonly blocks?: HTMLElement[];
  /** Under which name votes are kept. */
  vote?: string;
  options?: PresentOption[];
  /** Several may be right. */
  many?: boolean;
  /** The letters of what is right. */
  key?: string;
  /** A letter leads on: a step of a case. */
  choose?: boolean;
}
interface PresentScreen {
  id: string; kind: string; title: string; stages: PresentStage[];
  item?: string;
  /** What it is listed under: a step of the module, or an activity of the plan. */
  group?: string;
  activity?: number; part?: number; minutes?: number;
  at?: any; element?: Element;
  /** Of a step of a case: the letter that the group chose, and the screen to which it leads. */
  chosen?: string;
  leads?(): string;
}
interface PresentActivity {
  number: number; title: string; method: string; minutes: number;
  /** What it uses on the screen without a slide. */
  uses: string[];
  parts: { element: Element; title: string; head: any; shows: string }[];
}

// --- the one global ---------------------------------------------------------------------------

type Child = Node | string;
// --- the results of a group: see group/*.js ---------------------------------------------------

/** What a group gained between two tests; of fewer than two people, no interval and no effect. */
interface PairedGain {
  count: number; before: number; after: number; gain: number; interval: [number, number] | null;
  effect: number | null; effectInterval: [number, number] | null;
}
/** Of what a result code says, item is empty, and objective says what it is of. */
interface GroupAnswer {
  item: string; version: string; points: Share; response?: Response_; objective?: string;
}
interface GroupSitting { test: string; begun: number; edition: string; answers: GroupAnswer[] }
interface GroupLearner {
  account: string; names: Set<string>; sittings: GroupSitting[]; practice: GroupAnswer[];
  files: Set<number>;
  /** Names that are written beside its codes. */
  besideCodes: Set<string>;
  /** The four signs of its codes, where no record has told the account. */
  coded?: string;
}
/** An item, and once it is opened what counts its answers and what is shown of it. */
interface GroupItem {
  version: string; objective: string; place: string; kind?: string; letters?: string[];
  choices?: { id: string; right: boolean }[] | null;
  read?(labels: [string, string][] | null, written: string): Response_;
  score?(response: Response_): Share;
  shown?: any;
}
interface GroupCourse {
  iri: string; retired: string[]; codes: CodedTest[]; modules: string[]; quizzes: string[];
  objectives: [string, string][]; items: Record<string, GroupItem>;
}
/**
 * A file that was given; wrong: why it cannot be read; again: it was given before; typed: it is what
 * stands in the field of codes.
 */
interface GroupFile {
  name: string; kind: string; text: string; wrong?: string; again?: boolean; typed?: boolean;
  grids?: [number, string[]][][];
}

/** Version, type, the ids of which responses are made, in order; objective, key. */
type CompactItem = [string, string, string[], string, Response_];
/** What the course has of modules, items and tests: see record/compact.js. */
interface CompactTable {
  version: string;
  /** Ids. */
  modules: string[];
  items: Record<string, CompactItem>;
  /** The kind of each test, by id. */
  tests: Record<string, string>;
}

/** What is reported of an objective to a learning platform: see hosts/reported.js. */
interface ReportedObjective {
  id: string; completion: string; success: string; points: Share | null;
}
interface Reported {
  completion: string; success: string; points: Share | null; progress: Share;
  objectives: ReportedObjective[];
}
/** An answer that is told to a learning platform. */
interface Told {
  id: string; type: string; ids: string[]; objective: string; key: Response_; response: Response_;
  points: Share; time: Time; latency: number;
}
/** How one version of SCORM says things: see hosts/dialects.js. */
interface Dialect {
  name: string; api: string; start: string; end: string; get: string; put: string;
  commit: string; error: string; running: string; room: number; placeRoom: number; record: string;
  place: string; exit: string; mode: string; learner: string; time: string;
  span(seconds: number): string;
  values(reported: Reported): [string, string][];
  objective(objective: ReportedObjective): [string, string][];
  interaction(told: Told): [string, string][];
}
/** A session with a learning platform: see hosts/platform.js. */
interface Platform {
  dialect: Dialect;
  get(element: string): string;
  set(element: string, value: string): boolean;
  lacks(): boolean;
  commit(): boolean;
  end(): boolean;
}

/** The page around the course: see hosts/around.js. */
interface Around {
  say(kind: string, words: string): void;
  show(at: string, changed: () => void): void;
  place(): string;
  hold(prefix: string, host: { course: string; shelf: Shelf; module: string; test?: string }): void;
}
/** Who learns, as xAPI has it. */
interface Actor {
  objectType: 'Agent'; name?: string; account?: { homePage: string; name: string };
  mbox?: string; mbox_sha1sum?: string; openid?: string;
}
/** What a platform says in an address: see hosts/launch.js. */
interface Launch {
  kind: string; endpoint: string; fetch: string; auth: string; actor: Actor; registration: string;
  activity: string;
}
/** What a platform of cmi5 says of a session. */
interface LaunchData {
  contextTemplate?: any; launchMode?: string; masteryScore?: number; returnURL?: string;
}
/** An xAPI statement. */
interface Statement { id: string; verb: { id: string }; object: any; timestamp: Time; [more: string]: any }
interface StoreAnswer { status: number; text: string; wait: number; etag: string }
/** A record store: see hosts/lrs.js. */
interface RecordStore {
  send(body: string, closing: boolean): Promise<StoreAnswer>;
  get(resource: string, asked: object): Promise<StoreAnswer & { held: any }>;
  put(resource: string, asked: object, held: object, etag: string, closing?: boolean): Promise<StoreAnswer>;
}
/** A statement that waits: see hosts/outbox.js. */
interface Held {
  key: string; statement: Statement; session: string; refused: string; stored: boolean;
  /** Whether an earlier window has left it. */
  old: boolean;
}
interface OutboxState {
  waiting: number; unstored: number; stopped: boolean; late: boolean; refused: Held[];
}
interface Outbox {
  add(statement: Statement, session: string): void;
  open(session: string, by: (body: string, closing: boolean) => Promise<StoreAnswer>,
    bind: (statement: Statement) => Statement): void;
  flush(): Promise<void>; hurry(): void; close(room: number): void; size(): number;
}
/** An attempt at what was launched. */
interface Outcome_ { at: Time; key: string; points: Share; seconds: number }
interface Judged { complete: boolean; passed: Outcome_ | null; failed: Outcome_[] }
/** What was told once, and when; which attempts were told as failed. */
interface ToldOnce { passed?: Time; completed?: Time; failed?: string[] }

interface Player {
  loaded: Record<string, boolean>;
  /** The numbers that Python works with too: see items/shared.py. */
  shared: {
    mastery: { reading: number; secure: number; weak: number };
    record: { format: number; learned: number; longest: number; session: number };
    scenario: Record<string, number>;
    seal: { first: number; count: number };
    typed: { longest: number; longest_number: number; letters_for_a_slip: number };
    worksheet: { most: number };
  };
  types: Record<string, ItemType>;
  modes: Record<string, Mode>;
  enhance(root: HTMLElement, options?: QuizOptions): Quiz;
  start(scope: ParentNode, options?: QuizOptions): { quizzes: Quiz[]; end(): void };
  addSealed(size: number, packed: string): void;
  texts: {
    all: Record<string, string>;
    /** What a host of the page says in other words, by the same keys. */
    hosted?: Record<string, string>;
    text(key: string, values?: Record<string, any>): string;
    unstopped(words: string): string;
    listed(words: string[]): string;
    enumerated(words: (string | number)[]): string;
    countRight(key: string, outcome: Outcome): string;
    form(count: number): string;
    day(at: Time): string;
    when(due: Time): string;
  };
  dom: {
    make<K extends keyof HTMLElementTagNameMap>(tag: K, className?: string,
      ...children: Child[]): HTMLElementTagNameMap[K];
    make(tag: string, className?: string, ...children: Child[]): HTMLElement;
    button(className: string, label: Child, action: (event: Event) => void): HTMLButtonElement;
    icon(name: string): Element;
    later(action: () => void): () => void;
    letDrag(grip: Element, area: Element, begin: (event: PointerEvent) => {
      follow(event: PointerEvent): void; drop(cancelled: boolean): void;
    } | null): void;
    /** Gives what takes the listener away again. */
    listen(target: EventTarget, type: string, action: (event: any) => void): () => void;
    load(address: string): Promise<boolean>;
    download(name: string, words: string, type: string): boolean;
    onPage(action: (options: StoreOptions) => void): void;
  };
  office: {
    plain(text: string): string;
    read(text: string, course: string, known: Record<string, number>):
      { refused: string; office: string; fields: Record<string, string>; left: string[] };
    write(course: string, office: string, fields: Record<string, string>): string;
  };
  words: { wordsOf(language: any): SearchWords };
  sections: { read(bytes: Uint8Array): Section[] };
  finder: {
    engineOf(sections: Section[], words: SearchWords): {
      search(question: string, named?: string): SearchFound;
      isHit(terms: SearchTerm[], written: string): boolean;
    };
  };
  telling: {
    tellerOf(words: SearchWords, abbreviations: string):
      (content: string, isHit: (written: string) => boolean) => string;
  };
  here: {
    among(entries: Element[], words: SearchWords): (typed: string) => Element[] | null;
    words: SearchWords | null;
  };
  values: {
    isObject(value: any): boolean;
    isChoice(value: any, ids: string[]): boolean;
    distance(one: string, other: string): number;
    moduleOf(id: string): string;
    lot(seed: number, name: string): number;
    digitOf(sign: string): string | null;
    newName(): string;
    personOf(account: string): number;
    personSigns(account: string): string;
    SIGNS: string;
  };
  scoring: {
    nothing(ids: string[]): Score;
    ofParts(parts: Parts): Score;
    ofPlaces(key: Map<string, string>, response: Record<string, string>): Score;
  };
  items: {
    view(element: HTMLElement, apart?: HTMLElement | null): View;
    copyOf(quiz: Quiz, id: string, prefix: string): HTMLElement;
    renumber(element: HTMLElement, number: number): void;
  };
  packed: {
    bytesOf(text: string, size: number): Uint8Array;
  };
  inflate(bytes: Uint8Array): Uint8Array;
  run(size: number, signs: string): void;
  /** Where all pages are in one file. */
  file?: {
    /** What stands behind the ? of the address. */
    query: string;
    /** What keeps the record where there is no storage. */
    lent: any;
    load(address: string): Promise<boolean>;
    wear(address: string): void;
  };
  seal: {
    sealedOf(root: HTMLElement): Promise<boolean>;
    answerOf(element: HTMLElement): HTMLElement | null;
    unsealItem(element: HTMLElement): boolean;
    itemOf(id: string): HTMLElement | null;
  };
  record: {
    FORMAT: number;
    attemptsAt(store: Pick<Store, 'keys' | 'get'>, test: string): Attempt[];
    bestAttempt(attempts: Attempt[]): Attempt | null;
    percent(share: Share | null): number;
    canonical(value: unknown): string;
    isValid(key: string, value: unknown): boolean;
    isWelcome(key: string, value: unknown): boolean;
    isNewer(value: unknown): boolean;
    merge(key: string, one: Entry, other: Entry): Entry;
    mergeAll(key: string, entries: Entry[]): Entry;
    begunAt(attempt: Attempt): number;
    see(entry: unknown): void;
    stamp(): Dated;
    writtenAt(dated: Dated): number;
    dueAt(record: ItemEntry | null, now: Time): Time | null;
    recordOf(view: Pick<View, 'version' | 'kind'>, response: Response_, points: Share,
      before: ItemEntry | null): ItemEntry;
    inDays(at: Time, days: number): Time;
    isDue(record: ItemEntry | null, when: Time): boolean;
  };
  session: { choose<Q extends { module: string; due: Time; seconds: number }>(due: Q[], most: number): Q[] };
  /** What ts-fsrs exports: see player/vendor. */
  fsrs: any;
  /** Where something comes back, and is answered. */
  schedule: { reviewed(record: ItemEntry, right: boolean): ItemEntry };
  bringing: {
    offer(mine: { me: any; keys: string[] }, found: Pick<Collected, 'entries' | 'names'>): {
      mine: string; theirs: string[]; count: number; empty: boolean; same: boolean; into: boolean;
    };
    noted(get: (key: string) => Entry | null, brought: Record<string, Entry>, file: string): any;
    undone(note: any, get: (key: string) => Entry | null): Record<string, Entry | null>;
    isWork(key: string): boolean;
  };
  /** What keeps entries in this window's storage; see record/shelf.js. */
  shelf: { local(): any };
  /** The shelf of the hidden frame at an address. */
  framed: { shelf(address: string): Shelf };
  store: {
    open(options?: StoreOptions): Store;
    setMe(store: Store, changes: Partial<MeEntry>): Promise<boolean>;
    accountOf(store: Store): string;
  };
  xapi: {
    statements(course: Pick<Course, 'id' | 'iri' | 'title' | 'version' | 'language'>,
      learner: string | null, entries: Record<string, Entry>,
      newer?: Record<string, unknown>): object[];
    recordFrom(course: Pick<Course, 'iri'>, read: unknown): Collected;
    recordInSteps(course: Pick<Course, 'iri'>, read: unknown,
      step: (done: number, of: number) => void): Promise<Collected>;
  };
  /** On pages of the book alone. */
  exporting: { exportRecord(course: Course, store: Store): string };
  assignment: { assign(wishes: number[][]): number[] };
  proposal: {
    proposalOf(course: Course, store: Store): Proposal | null;
    inShort(course: Course, store: Store): string;
  };
  /** On the page of the start check alone. */
  startCheck: { shown(course: Course, store: Store): Node[] };
  dialects: Record<string, Dialect>;
  platform: {
    find(own: any, name: string): any;
    open(own: any, first: string): Promise<Platform | null>;
  };
  reported: {
    reportedOf(store: Pick<Store, 'get' | 'keys'>, course: Course, module: string,
      table: CompactTable): Reported;
  };
  leads(base: string, files: string[]): { pageOf(address: string): string; close(page: Document): void };
  around(given: { files: string[]; start: string }): Around;
  held(course: string, entries: Record<string, Entry>,
    noted: (key: string, before: Entry, entry: Entry) => void, changed: () => void):
    { shelf: Shelf; heard(others: Record<string, Entry>): void };
  forms(page: Document, go: (address: string) => void): void;
  interactions: {
    kindOf(type: string, response: Response_, key: Response_): string;
    pattern(kind: string, response: Response_, form: object): string;
    hasKey(kind: string): boolean;
    duration(seconds: number): string;
  };
  launch: {
    read(search: string, origin: string, kind: string):
      { launch: Launch | null; trouble: '' | 'incomplete' | 'unsafe' };
    isAllowed(address: URL, origin: string): boolean;
  };
  lrs: {
    token(own: { fetch: typeof fetch }, address: string):
      Promise<{ status: number; auth: string; code: string }>;
    client(own: { fetch: typeof fetch }, endpoint: string, auth: string): RecordStore;
    waitOf(text: string | null, now: number): number;
  };
  outbox(given: {
    storage: Storage | null; name: string; now: () => number;
    later: (action: () => void, wait: number) => any; never: (timer: any) => void;
    random: () => number; changed: (box: OutboxState) => void;
    again: (held: Held) => Statement | null | undefined;
  }): Outbox;
  saying: {
    idOf(words: string): string;
    bound(statement: Statement, launch: Launch, data: LaunchData): Statement;
    sessionOf(data: LaunchData): string;
    told(course: Course, table: CompactTable, entries: Record<string, Entry>, key: string,
      entry: Entry, latency: number): Statement[];
    named(statement: Statement): Statement;
    judged(store: Pick<Store, 'get' | 'keys'>, course: Course, unit: string,
      mastery: number | null, marks: Record<string, number>): Judged;
    defined(verb: string, course: Course, launch: Launch, data: LaunchData, of: {
      at: string; seconds?: number; points?: number; object: object; mastery: number | null;
    }): Statement;
    again(statement: Statement, launch: Launch, data: LaunchData): Statement | null;
  };
  compact: {
    FORMAT: string; DROPPED: string[];
    encode(table: CompactTable, entries: Record<string, Entry>, room: number): {
      text: string; dropped: string[];
    };
    decode(table: CompactTable, text: string): {
      entries: Record<string, Entry>; error: '' | 'damaged' | 'newer';
    };
  };
  code: {
    PREFIX: string; SIGNS: string;
    encode(test: CodedTest, result: {
      person: number; attempt: number; ended: Time; present: boolean;
      points: Record<string, { points: number; count: number }>;
    }): string;
    decode(text: string, tests: CodedTest[]): ReadResult;
    grouped(code: string): string;
    personOf(account: string): number;
    pointsFor(test: CodedTest, rows: { objective: string; points: number; count: number }[]):
      Record<string, { points: number; count: number }>;
  };
  /** Where the code of a result is shown. */
  coded(quiz: Quiz, setup: { code: CodedTest }, of: Attempt,
    rows: { objective: string; points: number; count: number }[], score: string,
    level: number): HTMLElement;
  /** What lean-qr exports: see player/vendor. */
  qr: any;
  /** What noble-ed25519 exports: see player/vendor. */
  ed25519: any;
  signed: {
    check(text: string, known: string, own?: boolean): Promise<SignedOutcome>;
    canonical(said: unknown): string;
    verified(key: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>,
      message: Uint8Array<ArrayBuffer>, own?: boolean): Promise<boolean>;
    fingerprint(key: Uint8Array<ArrayBuffer>): Promise<string>;
  };
  award: {
    codeOf(award: Pick<Award, 'version' | 'place' | 'date' | 'number'>): string;
    grouped(code: string): string;
    readCode(course: Pick<Course, 'tracks' | 'roles'>, typed: string): ReadCode;
    awardsOf(course: Course, store: Store, state: CourseState): Award[];
    checkDigits(digits: string): string;
  };
  way: { follow(course: Course, store: Store): void; to(href: string): string };
  tracks: {
    trackOf(course: Pick<Course, 'roles' | 'tracks'>, role: string | undefined):
      (CourseTrack & { role: string; name: string }) | null;
    wayOf(course: Pick<Course, 'modules' | 'roles'>, role: string | undefined): CourseModule[];
    beside(course: Pick<Course, 'modules' | 'roles' | 'tracks'>, role: string | undefined,
      id: string): { before: CourseModule | null; after: CourseModule | null; ends: boolean };
  };
  typed: {
    plain(text: string): string;
    accepted(given: string, answers: string[], tolerance: number, mistakes: string[],
      others?: string[]): number;
    mistaken(given: string, mistakes: string[]): number;
    number(given: string): number | null;
  };
  choice: {
    read(view: View): { ids: string[]; right: string[] };
    chosen(view: View): string[];
    put(view: View, chosen: string[]): void;
    mark(view: View, chosen: string[], open: boolean, missed: string): Node[];
    answer(view: View): string;
    oneOf(): Omit<ItemType, 'nothing'>;
  };
  asking: {
    ask(stage: HTMLElement, store: Store, list: HTMLElement[], way: {
      told: (words: string) => void; done: (right: number, count: number) => void;
      over?: () => boolean; still?: boolean;
    }): void;
  };
  explain: {
    verdict(points: Share): [Kind, string];
    head(kind: Kind, word: string, summary: string): HTMLElement;
    grounds(view: View, outcome: Outcome, open: boolean): Node[];
    folded(proofs: Node[]): HTMLElement;
  };
  practice: {
    practise(quiz: Pick<Quiz, 'root' | 'store'>, view: View, done?: (right: boolean) => void): void;
    troublesOf(quiz: Quiz, before?: Element): () => void;
  };
  blueprint: {
    draw(pool: PoolItem[], blueprint: BlueprintLine[], seed: number,
      used: Map<string, Uses>, rounds?: number): string[];
    usesOf(attempts: Attempt[]): Map<string, Uses>;
  };
  paper: {
    printable(quiz: Quiz, stage: HTMLElement, sealed: boolean, asked: () => string[]): void;
  };
  marking: {
    isAnswered(attempt: Attempt, id: string): boolean;
    unanswered(attempt: Attempt): number[];
    marked(attempt: Attempt, pass: number | null, pointsOf: (id: string) => Share,
      now: Time): Attempt;
    byObjective(attempt: Attempt, objectiveOf: (id: string) => string | undefined): {
      objective: string; points: number; count: number;
    }[];
    byModule(rows: { objective: string; points: number; count: number }[]): {
      module: string; points: number; count: number;
    }[];
  };
  result: {
    number(points: number): string;
    told(rows: { objective: string; points: number; count: number }[], setup: any,
      role?: string, passed?: boolean): Node[];
    gain(before: Attempt, after: Attempt): Node[];
    itemResult(view: View, version: string, response: Response_): HTMLElement;
  };
  /** Of files that are loaded when they are wanted: functions, or not there yet. */
  sitting: any;
  review: any;
  course: {
    SECURE: number;
    stateOf(course: Course, store: Store, now: Time): CourseState;
    moduleState(module: CourseModule, store: Store): ModuleState;
    stepsOf(module: CourseModule): CourseStep[];
    placeIn(module: CourseModule, store: Pick<Store, 'get'>): string;
    mayTry(module: CourseModule, store: Store): boolean;
    quizMinutes(module: CourseModule): number;
    askedBefore(store: Store): Set<string>;
    /** By module: what the start check showed when it last asked of it. */
    startShares(store: Pick<Store, 'get' | 'keys'>): Map<string, Share>;
    mastery(course: Course, objective: string, store: Store, before: Set<string>): {
      share: Share; answered: number; level: string;
    };
  };
  next: {
    thingsOf(course: Course, state: CourseState): Thing[];
    nextThing(course: Course, state: CourseState, onward?: boolean): Thing | null;
    openStep(state: ModuleState): CourseStep | null;
  };
  /** On pages of the book alone. */
  book: {
    to(href: string): string;
    roleChooser(course: Course, store: Store, id: string): HTMLElement;
    nextButton(store: Store, onward?: boolean): HTMLElement | null;
    thingButton(thing: Thing): HTMLElement;
    askWho(store: Store, asking: boolean): Promise<void>;
  };
  /** Of a file that is loaded when it is asked who is learning, or there from the beginning. */
  who: {
    open(store: Store, asking: boolean): void;
  };
  statistics: {
    FEW: number; FEWEST: number;
    mean(numbers: number[]): number;
    correlation(one: number[], other: number[]): number | null;
    alpha(points: number[][]): number | null;
    kr20(points: number[][]): number | null;
    shareInterval(right: number, of: number): [number, number] | null;
    quantile(share: number, degrees: number): number;
    cumulative(t: number, degrees: number, centre: number): number;
    pairedGain(before: number[], after: number[]): PairedGain | null;
  };
  analysis: {
    BEFORE: string; AFTER: string; FINAL: string; START: string; PRACTICE: string; STAGES: string[];
    analyse(course: GroupCourse, learners: Record<string, GroupLearner>): any;
    stageOf(test: string): string;
  };
  hash: { sha256(text: string): string };
  statements: {
    readRecords(text: string, iri: string,
      tell: (line: number, what: string, values?: object) => void,
      voided: Set<string>): Map<string, any>;
    voidedIn(text: string): string[];
    record(account: string): any;
    join(into: any, other: any): void;
    sittingsOf(record: any): GroupSitting[];
    practiceOf(record: any): GroupAnswer[];
  };
  tables: Record<string, (...given: any[]) => any>;
  definition: { define(element: any, kind: string): Partial<GroupItem> | null };
  gathering: {
    courseOf(about: Course, more: { retired: string[]; quizzes: Record<string, string> }): GroupCourse;
    parse(files: GroupFile[], iri: string): any;
    itemsIn(parsed: any): string[];
    gathered(parsed: any, course: GroupCourse): any;
  };
  opened: {
    HELD: string;
    open(course: GroupCourse, ids: string[], types: Record<string, string>, root: string): Promise<void>;
  };
  groupCodes: {
    readCodes(lines: [number, string, string?][], tests: CodedTest[],
      tell: (line: number, what: string, values?: object) => void): any[];
  };
  groupFiles: { read(name: string, data: ArrayBuffer): GroupFile; csv(rows: any[][]): string };
  groupWords: Record<string, (...given: any[]) => any>;
  groupChart: Record<string, (...given: any[]) => any>;
  groupReport: Record<string, (...given: any[]) => any>;
  standing: {
    standingOf(state: ModuleState): { share: number; kind: string; number: number; of: number };
    minutesSince(course: Course, store: Pick<Store, 'get' | 'keys'>, since: Time): number;
  };
  promised: {
    promisesOf(course: Course, store: Pick<Store, 'get'>): Promised[];
    toAsk(course: Course, store: Pick<Store, 'get'>, now: Time): Promised | null;
  };
  promises: {
    asking(promised: Promised, store: Store): HTMLElement;
    listOf(course: Course, store: Store): Node[];
  };
  keeping: {
    learnerOf(course: Course, store: Store): Node[];
    recordOf(course: Course, store: Store, say: (words: string) => void): Node[];
  };
  name: {
    nameField(store: Store, options: { id: string; label: string; autocomplete: AutoFill },
      written?: (name: string) => void): Node[];
  };
  worksheet(root: HTMLElement, store: Store): () => void;
  /** Of files that are loaded when a module is presented. */
  present: any;
  fit: {
    show(place: HTMLElement, stage: PresentStage, page: number): { page: number; pages: number };
  };
  asked: {
    copy(node: any): any;
    said(tag: string, name: string, node: any): HTMLElement;
    screensOf(element: HTMLElement, title?: string): PresentScreen[];
  };
  screens: {
    planOf(page: ParentNode): PresentActivity[];
    screensOf(article: HTMLElement, plan: PresentActivity[], planned: boolean): PresentScreen[];
  };
  votes(): {
    has(key: string): boolean;
    into(place: HTMLElement, stage: PresentStage, open: boolean, changed: () => void):
      ((letter: string, by: number) => void) | undefined;
  };
  timer(changed: () => void): {
    element: HTMLElement; open(minutes: number, activity: string): void;
    follow(minutes: number, activity: string): void; toggle(): void; add(minutes: number): void;
    hide(): void; told(): { left: string; runs: boolean; over: boolean } | null;
  };
  speaking: {
    planPage(address: string): Promise<Document | null>;
    speaking(address: string, state: () => object, press: (key: string, shift: boolean) => void): {
      open(): string; tell(): void; end(): void;
    };
  };
}
declare var imlPlayer: Player;
declare var imlCourse: Course;
/** Of the page around the course, where a learning platform shows it. */
declare var imlHost: {
  course: string; shelf: Shelf; module: string; test?: string; texts: Record<string, string>;
} | undefined;
/** The pages of a package that has some of them. */
declare var imlHeld: string[] | undefined;
declare var imlScorm: {
  course: Course; module: string; table: CompactTable; files: string[]; dialect: string;
  start: string;
};
/** Of the page around the course, where it is launched with a record store. */
declare var imlLaunched: {
  course: Course; kind: string; table: CompactTable; marks: Record<string, number>;
  units: Record<string, { unit: string; start: string; files: string[] }>;
};
/** Of the page around the course in Kolibri. */
declare var imlKolibri: {
  course: Course; module: string; table: CompactTable; files: string[]; start: string;
};
/** What the search page looks through: see search.js. */
declare var imlSearch: any;

// What Python has drawn is there: the compiler cannot know it, and need not be told at each place.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface Document { getElementById(id: string): any }
/** The parts of an item, by id: those that are asked for are there. */
interface Found extends Map<string, HTMLElement> { get(part: string): any }

interface SearchWords {
  fold(word: string): string;
  stem(word: string): string;
  split(text: string): { at: number; written: string }[];
  asked(question: string): string[];
  same: Map<string, Set<string>>;
  known(word: string): boolean;
}
interface SearchTerm {
  word: string; read: string; stems: Map<string, number>; names: boolean; pages: Set<string>;
  rarity: number;
}
interface SearchHit {
  section: Section; points: number; share: number; has: boolean; called: boolean; own: boolean;
}
interface SearchFound {
  hits: SearchHit[]; groups: SearchHit[][]; all: boolean; terms: SearchTerm[]; corrected: string;
}

/** A section that a search can find: rank says whether it is a situation, a sheet, of a module … */
interface Section {
  page: string; rank: number; title: string; anchor: string; heading: string; also: string;
  text: string;
}
