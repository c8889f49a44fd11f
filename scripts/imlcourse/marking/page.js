// @ts-check
// The page of marks to look at: what is chosen is counted, saved as a file, and never lost unasked.
'use strict';
(function () {
  const bar = document.getElementById('bar');
  const held = document.getElementById('settled');
  if (!bar || !held) return;
  /** @type {Record<string, string>} */
  const settled = JSON.parse(held.textContent || '{}');
  const doubts = /** @type {HTMLFieldSetElement[]} */ (
    [...document.querySelectorAll('main > ol.doubts fieldset')]);
  const every = /** @type {HTMLFieldSetElement[]} */ ([...document.querySelectorAll('fieldset')]);
  const count = /** @type {HTMLOutputElement} */ (document.getElementById('count'));
  const share = /** @type {HTMLProgressElement} */ (document.getElementById('share'));
  const saved = /** @type {HTMLElement} */ (document.getElementById('saved'));
  let unsaved = false;

  const filled = (/** @type {string} */ text, /** @type {Record<string, string>} */ values) =>
    text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  const told = (/** @type {HTMLFieldSetElement} */ doubt) => settled[doubt.dataset.id || ''];

  const show = () => {
    const done = doubts.filter(told).length;
    count.value = filled(count.dataset.text || '',
      { done: String(done), count: String(doubts.length) });
    share.value = done;
  };

  const next = (/** @type {HTMLFieldSetElement} */ doubt) => {
    const at = doubts.indexOf(doubt);
    const open = doubts.slice(at + 1).find((one) => !told(one));
    const first = open && /** @type {HTMLElement | null} */ (open.querySelector('input'));
    if (at < 0 || !first) return;
    first.focus({ preventScroll: true });
    first.closest('fieldset')?.scrollIntoView({ block: 'center' });
  };

  const choose = (/** @type {HTMLFieldSetElement} */ doubt, /** @type {string} */ answer) => {
    const id = doubt.dataset.id || '';
    if (answer) settled[id] = answer;
    else delete settled[id];
    unsaved = true;
    saved.textContent = '';
    show();
  };

  for (const doubt of every) {
    const typed = /** @type {HTMLInputElement | null} */ (
      doubt.querySelector('input[type="text"]'));
    doubt.addEventListener('input', (event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (input.type === 'radio') {
        if (typed) typed.value = '';
        doubt.classList.remove('typed');
        choose(doubt, input.value);
      } else {
        for (const radio of doubt.querySelectorAll('input')) radio.checked = false;
        const whole = input.value !== '' && input.checkValidity();
        doubt.classList.toggle('typed', whole);
        choose(doubt, whole ? input.value : '');
      }
    });
  }

  // A number key chooses in the question that has the focus, or in the first that is open.
  document.addEventListener('keydown', (event) => {
    const target = event.target instanceof HTMLElement ? event.target : null;
    const typing = target instanceof HTMLInputElement && target.type === 'text';
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    const doubt = /** @type {HTMLFieldSetElement | null | undefined} */ (
      target?.closest('fieldset') || doubts.find((one) => !told(one)));
    const radios = doubt ? doubt.querySelectorAll('input[type="radio"]') : [];
    const radio = /** @type {HTMLInputElement | undefined} */ (radios[Number(event.key) - 1]);
    if (!doubt || !radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.dispatchEvent(new Event('input', { bubbles: true }));
    next(doubt);
  });

  document.getElementById('save')?.addEventListener('click', () => {
    const text = JSON.stringify({ format: 1, settled }, null, 1);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = bar.dataset.file || 'settled-marks.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    unsaved = false;
    saved.textContent = filled(saved.dataset.text || '',
      { file: link.download, command: bar.dataset.command || '' });
  });

  window.addEventListener('beforeunload', (event) => {
    if (unsaved) event.preventDefault();
  });
  show();
})();
