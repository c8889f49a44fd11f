// needs:
/* Forms on a page whose frame may not send any: some hosts forbid it, and then a browser does not
   even tell the page's own scripts that somebody has pressed Enter. What a browser would do is done
   here: the page is told first, and if it lets the form go, the address is opened that the form
   makes. */
(function (player) {
  'use strict';
  const TYPED = 'input:not([type=button], [type=checkbox], [type=radio], [type=reset], [type=submit])';

  /** Sends a form that leads to a page. */
  function send(form, button, go) {
    if (!form.noValidate && !form.reportValidity()) return;
    const { SubmitEvent, FormData } = form.ownerDocument.defaultView;
    const event = new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: button });
    if (!form.dispatchEvent(event)) return;
    const address = new URL(form.action);
    address.search = String(new URLSearchParams(new FormData(form, button)));
    go(address.href);
  }

  /**
   * Sees to the forms of a page.
   * @param {Document} page
   * @param {(address: string) => void} go
   */
  function forms(page, go) {
    page.addEventListener('click', function (/** @type {any} */ event) {
      const button = event.target.closest && event.target.closest('button, input');
      if (!button || button.type !== 'submit' || !button.form || event.defaultPrevented) return;
      event.preventDefault();
      send(button.form, button, go);
    });
    page.addEventListener('keydown', function (/** @type {any} */ event) {
      const { key, target: field, isComposing, defaultPrevented } = event;
      if (key !== 'Enter' || isComposing || defaultPrevented) return;
      if (!field.form || !field.matches(TYPED)) return;
      event.preventDefault();
      const button = Array.from(field.form.elements).find((/** @type {any} */ one) => one.type === 'submit');
      if (button) button.click(); // as browsers do, so that its own listeners hear of it
      else send(field.form, null, go);
    });
  }

  player.forms = forms;
}(globalThis.imlPlayer));
