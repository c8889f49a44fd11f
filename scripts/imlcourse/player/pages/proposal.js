// needs: core/texts pages/course pages/tracks record/record
// texts: player.start.again player.start.all player.start.short
/* What the start check proposes: where to begin, and what may be skipped. Nothing here touches the
   page. */
(function (player) {
  'use strict';
  const { text } = player.texts;

  /**
   * Gives what the last start check proposes; null where none was ended.
   * @param {Course} course
   * @param {Store} store
   * @returns {Proposal | null}
   */
  function proposalOf(course, store) {
    const check = player.record.attemptsAt(store, 'start-check').filter((one) => one.ended).pop();
    if (!check) return null;
    const { role } = store.get('me') || {};
    const track = player.tracks.trackOf(course, role);
    const shares = player.course.startShares(store);
    const lines = player.tracks.wayOf(course, role).map((module) => ({
      module, asked: shares.has(module.id),
      // One situation is little: whoever has missed questions since does not know it.
      known: player.course.mayTry(module, store),
      done: player.course.moduleState(module, store).complete,
    }));
    const within = (line) => !track || track.modules.includes(line.module.id);
    const own = lines.filter(within);
    const first = own.find((line) => !line.known && !line.done);
    return {
      ended: String(check.ended), role: track ? track.name : '',
      begin: first ? first.module : null, own,
      beyond: lines.filter((line) => line.asked && !within(line)),
      known: lines.filter((line) => line.asked && line.known).length,
      count: lines.filter((line) => line.asked).length,
    };
  }

  /** Says it in one sentence, for the cover. */
  function inShort(course, store) {
    const proposal = proposalOf(course, store);
    if (!proposal) return '';
    const { begin, own } = proposal;
    // What is done needs no advice.
    if (own.every((one) => one.done)) return '';
    const known = own.filter((one) => one.known && !one.done).map(({ module }) => module.label);
    const words = [begin ? text('player.start.short', { label: begin.label })
      : text('player.start.all')];
    if (begin && known.length) {
      words.push(text('player.start.again', { modules: player.texts.enumerated(known) }));
    }
    return words.join(' ');
  }

  player.proposal = { proposalOf, inShort };
}(globalThis.imlPlayer));
