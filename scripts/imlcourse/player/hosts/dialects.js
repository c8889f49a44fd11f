// needs: core/values
/* What is reported to a learning platform, in the words of SCORM 1.2 and of SCORM 2004. Nothing here
   touches the page or the platform: of what a learner has done (Reported, Told) it makes names of
   elements and their values, as the two standards have them. */
(function (player) {
  'use strict';
  const SIGNS = 'abcdefghijklmnopqrstuvwxyz0123456789'; // 1.2 names an answer by one of them
  const KINDS = {
    single: 'choice', multiple: 'choice', truefalse: 'true-false', matching: 'matching',
    categorise: 'matching', ordering: 'sequencing', cloze: 'fill-in', numeric: 'numeric',
    scenario: 'other',
  };
  const NUMBER = /^-?\d{1,12}(?:\.\d{1,6})?$/;
  const { isObject } = player.values;

  /** Writes seconds as 1.2 has a length of time, at most 9999 hours. */
  function span(seconds) {
    const all = Math.min(Math.max(0, Math.round(seconds * 100)), 9999 * 360000);
    const two = (number) => String(Math.floor(number)).padStart(2, '0');
    return String(Math.floor(all / 360000)).padStart(4, '0') + ':' + two(all / 6000 % 60) + ':' +
      two(all / 100 % 60) + '.' + two(all % 100);
  }

  /** Writes seconds as 2004 has a length of time. */
  function duration(seconds) {
    const all = Math.max(0, Math.round(seconds * 100));
    const parts = [['H', Math.floor(all / 360000)], ['M', Math.floor(all / 6000) % 60],
      ['S', all % 6000 / 100]];
    const said = parts.filter(([, number]) => number).map(([unit, number]) => number + '' + unit);
    return 'PT' + (said.join('') || '0S');
  }

  /** Writes a share with so many decimals, never as all or nothing unless it is. */
  function decimal(share, places) {
    const step = 10 ** -places;
    const exact = share >= 1 ? 1 : share <= 0 ? 0 : Math.min(Math.max(step, share), 1 - step);
    return String(Number(exact.toFixed(places)));
  }

  function clock(time) {
    const when = new Date(time);
    return [when.getHours(), when.getMinutes(), when.getSeconds()]
      .map((number) => String(number).padStart(2, '0')).join(':');
  }

  /** Cuts a text to so many signs, never within one. */
  function cut(text, most) {
    return text.length <= most ? text : Array.from(text.slice(0, most - 1)).slice(0, -1).join('');
  }

  /** Gives the kind of interaction that holds a response: what does not fit one goes as words. */
  function kindOf(type, response, key) {
    const kind = KINDS[type] || 'other';
    if (kind === 'true-false' && [response, key].some(Array.isArray)) return 'choice';
    if (kind === 'numeric' && !NUMBER.test(String(response))) return 'fill-in';
    return kind;
  }

  /**
   * Writes a response as a kind of interaction has it; each dialect has its own way to name an id
   * (named), to join answers (list) and to join pairs (pair).
   */
  function pattern(kind, response, { named, list, pair, words, other }) {
    if (response === null || response === undefined) return '';
    if (kind === 'other') {
      return cut(Array.isArray(response) ? response.join(',') : String(response), other);
    }
    if (kind === 'fill-in') {
      const texts = (isObject(response) ? Object.values(response) : [response]).map(String);
      return cut(texts.map((text) => cut(text.replace(/\[|\]/g, ' '), words)).join(list), other);
    }
    if (isObject(response)) {
      return Object.entries(response).filter(([, given]) => given !== null && given !== '')
        .map(([part, given]) => named(part) + pair + named(given)).join(list);
    }
    if (kind === 'choice' || kind === 'sequencing') return [response].flat().map(named).join(list);
    return String(response);
  }

  /** Says whether the right answer can be told as a pattern. */
  function hasKey(kind) {
    return ['choice', 'true-false', 'matching', 'sequencing'].includes(kind);
  }

  const OLD = {
    name: '1.2', api: 'API',
    start: 'LMSInitialize', end: 'LMSFinish', get: 'LMSGetValue', put: 'LMSSetValue',
    commit: 'LMSCommit', error: 'LMSGetLastError', running: '101',
    room: 4096, placeRoom: 255,
    record: 'cmi.suspend_data', place: 'cmi.core.lesson_location', exit: 'cmi.core.exit',
    mode: 'cmi.core.lesson_mode', learner: 'cmi.core.student_name', time: 'cmi.core.session_time',
    span,

    /** Gives what is always reported: the status, the score. */
    values(reported) {
      const { success, completion, points } = reported;
      // Platforms such as Moodle close an attempt that is passed or failed, and take nothing more of
      // it. So it is incomplete, with its score, as long as there is something to do or to repeat.
      const status = completion === 'completed' && success === 'passed' ? 'passed'
        : success === 'failed' ? 'incomplete' : completion;
      /** @type {[string, string][]} */
      const values = [['cmi.core.lesson_status', status]];
      if (points !== null) {
        values.push(['cmi.core.score.min', '0'], ['cmi.core.score.max', '100'],
          ['cmi.core.score.raw', hundred(points)]);
      }
      return values;
    },

    objective({ success, completion, points }) {
      /** @type {[string, string][]} */
      const values = [['status', success === 'unknown' ? completion : success]];
      if (points !== null) {
        values.push(['score.min', '0'], ['score.max', '100'], ['score.raw', hundred(points)]);
      }
      return values;
    },

    interaction({ id, objective, type, ids, key, response, points, time, latency }) {
      const letter = (part) => SIGNS[ids.indexOf(part)] || '0';
      const form = { named: letter, list: ',', pair: '.', words: 255, other: 255 };
      const judged = kindOf(type, response, key);
      const kind = judged === 'other' ? 'performance' : judged;
      const given = judged === 'true-false' ? String(response)[0] : pattern(judged, response, form);
      /** @type {[string, string][]} */
      const values = [['id', id], ['objectives.0.id', objective], ['time', clock(time)],
        ['type', kind]];
      if (hasKey(judged)) {
        values.push(['correct_responses.0.pattern',
          judged === 'true-false' ? String(key)[0] : pattern(judged, key, form)]);
      }
      if (given) values.push(['student_response', given]);
      values.push(['result', points === 1 ? 'correct' : points === 0 ? 'wrong' : decimal(points, 2)],
        ['weighting', '1'], ['latency', span(latency)]);
      return values;
    },
  };

  const NEW = {
    name: '2004', api: 'API_1484_11',
    start: 'Initialize', end: 'Terminate', get: 'GetValue', put: 'SetValue', commit: 'Commit',
    error: 'GetLastError', running: '103',
    room: 64000, placeRoom: 1000,
    record: 'cmi.suspend_data', place: 'cmi.location', exit: 'cmi.exit', mode: 'cmi.mode',
    learner: 'cmi.learner_name', time: 'cmi.session_time', span: duration,

    values(reported) {
      const { success, completion, points, progress } = reported;
      /** @type {[string, string][]} */
      const values = [['cmi.completion_status', completion], ['cmi.success_status', success],
        ['cmi.progress_measure', decimal(progress, 4)]];
      if (points !== null) values.push(...scored('cmi.score.', points));
      return values;
    },

    objective({ success, completion, points }) {
      /** @type {[string, string][]} */
      const values = [['completion_status', completion], ['success_status', success]];
      if (points !== null) values.push(...scored('score.', points));
      return values;
    },

    interaction({ id, objective, type, ids, key, response, points, time, latency }) {
      const form = { named: String, list: '[,]', pair: '[.]', words: 250, other: 4000 };
      const kind = kindOf(type, response, key);
      const given = pattern(kind, response, form);
      /** @type {[string, string][]} */
      const values = [['id', id], ['type', kind], ['objectives.0.id', objective],
        // With hundredths: the standard has a zone only behind them.
        ['timestamp', new Date(time).toISOString().replace(/\dZ$/, 'Z')]];
      if (hasKey(kind) && ids.length) {
        values.push(['correct_responses.0.pattern', pattern(kind, key, form)]);
      }
      if (given) values.push(['learner_response', given]);
      values.push(['result', points === 1 ? 'correct' : points === 0 ? 'incorrect' : decimal(points, 4)],
        ['weighting', '1'], ['latency', duration(latency)]);
      return values;
    },
  };

  /** Writes a share in hundredths, as raw points: whole where they are. */
  function hundred(share) {
    return String(Math.floor(share * 10000 + 1e-6) / 100);
  }

  /** @returns {[string, string][]} */
  function scored(path, points) {
    return [[path + 'scaled', decimal(points, 4)], [path + 'raw', hundred(points)],
      [path + 'min', '0'], [path + 'max', '100']];
  }

  player.dialects = { '1.2': OLD, 2004: NEW };
  // A record store takes interactions in the forms of 2004.
  player.interactions = { kindOf, pattern, hasKey, duration };
}(globalThis.imlPlayer));
