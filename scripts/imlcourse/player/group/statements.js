// needs: core/values record/record
/* Learners' records in files of xAPI statements, as imlcourse/results/readers/ reads them: a
   list, an object with a list, or a statement in each line; one learner or many. */
(function (player) {
  'use strict';
  const { canonical, isNewer, isWelcome, writtenAt } = player.record;
  const { isObject } = player.values;
  const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';
  const PLAIN = /^[A-Za-z0-9._-]{0,80}$/; // an id or a version; it is shown

  /** Gives the line of a place in a text. */
  function lineAt(text, place) {
    let line = 1;
    for (let at = text.indexOf('\n'); at >= 0 && at < place; at = text.indexOf('\n', at + 1)) line += 1;
    return line;
  }

  /** Gives where each value of a list begins and ends, and where the text is cut off or damaged. */
  function placesIn(text) {
    const places = [];
    let [deep, begun, quoted] = [0, -1, false];
    for (let at = text.indexOf('[') + 1; at < text.length; at += 1) {
      const sign = text[at];
      if (quoted) {
        if (sign === '\\') at += 1;
        else if (sign === '"') quoted = false;
        continue;
      }
      if (begun < 0 && !/[\s,\]]/.test(sign)) begun = at;
      if (sign === '"') quoted = true;
      else if (sign === '{' || sign === '[') deep += 1;
      else if (!deep && (sign === ',' || sign === ']')) {
        if (begun >= 0) places.push([begun, at]);
        begun = -1;
        if (sign === ']') return { places, damaged: -1 };
      } else if (sign === '}' || sign === ']') deep -= 1;
    }
    return { places, damaged: text.trimEnd().length };
  }

  function parsed(text) {
    try {
      return { value: JSON.parse(text) };
    } catch {
      return null;
    }
  }

  /**
   * Gives the values in a file, each with a function that says in which line it stands.
   * @param {string} text
   * @param {(line: number, what: string) => void} tell
   * @returns {{value: any, line: () => number}[]}
   */
  function valuesIn(text, tell) {
    const listed = text.trimStart().startsWith('[');
    const whole = parsed(text);
    if (whole) {
      const { value } = whole;
      if (!listed) {
        const line = () => lineAt(text, text.length - text.trimStart().length);
        return (isObject(value) && Array.isArray(value.statements) ? value.statements : [value])
          .map((one) => ({ value: one, line }));
      }
      /** @type {number[][] | null} */
      let places = null; // nobody asks for them in a file that is whole
      return value.map((one, at) => ({
        value: one,
        line: function () {
          places = places || placesIn(text).places;
          return lineAt(text, places[at][0]);
        },
      }));
    }
    const found = [];
    if (!listed) {
      text.split(/\r?\n/).forEach(function (line, at) {
        const read = line.trim() && parsed(line);
        if (read) found.push({ value: read.value, line: () => at + 1 });
        else if (line.trim()) tell(at + 1, 'line');
      });
      return found;
    }
    const { places, damaged } = placesIn(text);
    for (const [from, to] of places) {
      const read = parsed(text.slice(from, to));
      if (!read) {
        tell(lineAt(text, from), 'cut');
        return found;
      }
      found.push({ value: read.value, line: () => lineAt(text, from) });
    }
    if (damaged >= 0) tell(lineAt(text, damaged), 'cut');
    return found;
  }

  /** Gives what a statement is, where a store has exported it with what it knows about it. */
  const bare = (value) => (isObject(value) && isObject(value.statement) ? value.statement : value);

  /** Gives the ids of the statements that others in a file have taken back. */
  function voidedIn(text) {
    return text.includes(VOIDED) ? valuesIn(text, () => {}).map(({ value }) => bare(value))
      .filter((one) => isObject(one) && isObject(one.verb) && one.verb.id === VOIDED &&
        isObject(one.object)).map(({ object }) => String(object.id)) : [];
  }

  /** Gives what names the account of whoever acted, and what he or she is called. */
  function actorOf(actor, iri) {
    if (!isObject(actor)) return ['', ''];
    const { account } = actor;
    const name = typeof actor.name === 'string' ? actor.name : '';
    if (isObject(account) && typeof account.name === 'string' && account.name) {
      const own = [iri, null, undefined].includes(account.homePage);
      return [own ? account.name : account.homePage + ' ' + account.name, name];
    }
    const named = [actor.mbox, actor.mbox_sha1sum, actor.openid]
      .find((one) => typeof one === 'string' && one);
    return [named || '', name];
  }

  const begun = (attempt) => attempt.begunSeq ?? Date.parse(attempt.begun);

  /** Says whether one comes before another, by a number and then by what it is. */
  function isBefore(one, other, number, bare) {
    const apart = number(one) - number(other);
    return apart ? apart < 0 : canonical(bare(one)) < canonical(bare(other));
  }

  const endedAt = (attempt) => Date.parse(attempt.ended);
  const undated = ({ at, seq, ...rest }) => rest;
  const same = (one) => one;

  /** What files say of one account. */
  function record(account) {
    return { account, names: new Set(), attempts: new Map(), firsts: new Map() };
  }

  /** Takes an ended attempt: what ended it first is settled. */
  function takeAttempt(into, key, entry) {
    const there = into.attempts.get(key);
    if (!there || isBefore(entry, there, endedAt, undated)) into.attempts.set(key, entry);
  }

  /** Takes the first answer to a version of an item: the earliest that is known. */
  function takeFirst(into, named, entry) {
    const there = into.firsts.get(named);
    if (!there || isBefore(entry, there, writtenAt, same)) into.firsts.set(named, entry);
  }

  /** Brings in what another file says of the same account; whichever comes first. */
  function join(into, other) {
    for (const name of other.names) into.names.add(name);
    for (const [key, entry] of other.attempts) takeAttempt(into, key, entry);
    for (const [named, entry] of other.firsts) takeFirst(into, named, entry);
  }

  /** Gives the finished tests of a record, the first one first. */
  function sittingsOf({ attempts }) {
    return Array.from(attempts.values()).filter((one) => one.items.length)
      .sort((a, b) => begun(a) - begun(b) || (a.begun < b.begun ? -1 : a.begun > b.begun ? 1 : 0))
      .map((entry) => ({
        test: entry.test, begun: begun(entry), edition: entry.course || '',
        answers: entry.items.map(({ id, version }) => ({
          item: id, version, points: entry.results[id] || 0,
          response: entry.answers[id] ? entry.answers[id].response : null,
        })),
      }));
  }

  /** Gives the first answers to items that no test of this learner has asked. */
  function practiceOf({ attempts, firsts }) {
    const tested = new Set(Array.from(attempts.values()).flatMap((one) => one.items.map(({ id }) => id)));
    return Array.from(firsts).sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([named, one]) => ({ ...one, named: named.split(' ') }))
      .filter(({ named: [item] }) => !tested.has(item))
      .map(({ named: [item, version], points, response }) => ({ item, version, points, response }));
  }

  /** Takes the entry that a statement carries, if it is an answer; gives what is wrong with it. */
  function take(into, key, entry) {
    if (typeof key !== 'string' || !isObject(entry)) return ''; // another statement carries it
    const [kind, rest] = key.split('/');
    if (kind !== 'attempt' && kind !== 'item') return '';
    if (isNewer(entry)) return 'newer';
    if (!isWelcome(key, entry)) return 'senseless';
    if (kind === 'attempt') {
      const named = [entry.test, entry.course || '',
        ...entry.items.flatMap(({ id, version }) => [id, version])];
      if (!named.every((one) => PLAIN.test(one))) return 'senseless';
      if (entry.ended !== null) takeAttempt(into, key, entry);
      return '';
    }
    const versions = [...entry.earlier, entry];
    if (![rest, ...versions.map(({ item }) => item)].every((one) => PLAIN.test(one))) return 'senseless';
    for (const one of versions) takeFirst(into, rest + ' ' + one.item, one.first);
    return '';
  }

  /**
   * Reads the records in a file of statements.
   * @param {string} text
   * @param {string} iri  what the course is named by; statements of others are passed over
   * @param {(line: number, what: string, values?: object) => void} tell
   * @param {Set<string>} voided  ids of statements that were taken back
   * @returns {Map<string, any>} by account
   */
  function readRecords(text, iri, tell, voided) {
    const records = new Map();
    let ours = 0;
    for (const { value, line } of valuesIn(text, tell)) {
      const statement = bare(value);
      if (!isObject(statement)) {
        tell(line(), 'statement');
        continue;
      }
      const { object, actor, context } = statement;
      if (!isObject(object) || !String(object.id).startsWith(iri)) continue;
      ours += 1;
      const [account, name] = actorOf(actor, iri);
      if (!account) {
        tell(line(), 'nobody');
        continue;
      }
      if (!records.has(account)) records.set(account, record(account));
      const into = records.get(account);
      if (name) into.names.add(name);
      if (voided.has(statement.id)) continue;
      const more = isObject(context) && isObject(context.extensions) ? context.extensions : {};
      const key = more[iri + 'xapi/key'];
      const wrong = take(into, key, more[iri + 'xapi/entry']);
      if (wrong) tell(line(), wrong, { key });
    }
    if (!ours) tell(0, 'strange');
    return records;
  }

  player.statements = { readRecords, voidedIn, join, record, sittingsOf, practiceOf };
}(globalThis.imlPlayer));
