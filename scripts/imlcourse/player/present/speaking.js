// needs: core/dom core/texts
// texts: player.present.blocked
/* The other window, with the notes of the session plan, and what it is told. Files have no origin to
   name: what counts is which window speaks. */
(function (player) {
  'use strict';
  const { text } = player.texts;
  const PLAN_COMES = 4000; // milliseconds until it is done without
  // A page from the stick has no origin that could be named.
  const TO = location.protocol === 'file:' ? '*' : location.origin;
  const LOOK = 'popup,width=1000,height=760';

  /** Gives the page of the session plan, read through a frame: local pages cannot be fetched. */
  function planPage(address) {
    if (!address) return Promise.resolve(null);
    return new Promise(function (done) {
      const frame = document.createElement('iframe');
      const end = function (page) {
        clearTimeout(timer);
        stop();
        frame.remove();
        done(page);
      };
      const stop = player.dom.listen(window, 'message', function (event) {
        if (event.source !== frame.contentWindow || !event.data || typeof event.data.imlPlan !== 'string') return;
        end(new DOMParser().parseFromString(event.data.imlPlan, 'text/html'));
      });
      const timer = setTimeout(() => end(null), PLAN_COMES);
      frame.hidden = true;
      frame.src = address + '#iml-plan';
      document.body.append(frame);
    });
  }

  /**
   * Makes what speaks with the window of the notes.
   * @param {string} address  the page of the session plan
   * @param {() => object} state  what it is to show
   * @param {(key: string, shift: boolean) => void} press  does what a key does here
   */
  function speaking(address, state, press) {
    /** @type {any} */
    let other = null;
    const tell = function () {
      if (other && !other.closed) other.postMessage({ imlPresent: state() }, TO);
    };
    const stop = player.dom.listen(window, 'message', function (event) {
      const { data, source } = event;
      if (!data || !data.imlNotes || (source !== other && data.imlNotes !== 'here')) return;
      // After this page was loaded again, the window that it has opened is still there.
      if (data.imlNotes === 'here' && source && source !== window && (!other || other.closed)) other = source;
      if (source !== other) return;
      if (data.imlNotes === 'key' && typeof data.key === 'string') press(data.key, Boolean(data.shift));
      tell();
    });

    /** Opens the window; gives what is to be said where the browser lets none open. */
    function open() {
      if (other && !other.closed) {
        other.focus();
        return '';
      }
      other = window.open(address + '#iml-notes', 'iml-notes', LOOK);
      return other ? '' : text('player.present.blocked');
    }

    return { open, tell, end: function () {
      if (other && !other.closed) other.postMessage({ imlPresent: null }, TO);
      stop();
    } };
  }

  player.speaking = { planPage, speaking };
}(globalThis.imlPlayer));
