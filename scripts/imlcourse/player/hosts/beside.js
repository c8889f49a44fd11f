// needs: core/texts hosts/leads
// texts: player.beside.nothing
/* Goes with the pages of a package for learning platforms (see products/packages/hosted.py), behind
   what they know of the course and before all that uses it. In the frame of a host that is for one
   module, the pages know of this module alone; in that of one for a test, My progress shows this
   test. A page that stands in no frame reports nothing to anyone, and says so; what leads to pages
   that the package does not have is closed there too. */
(function (player) {
  'use strict';

  /** Leaves one module of the course: no tests, no tracks. */
  function narrow(course, module) {
    course.modules = course.modules.filter(({ id }) => id === module);
    for (const role of Object.values(course.roles)) {
      role.modules = role.modules.filter((id) => id === module);
    }
    Object.assign(course, { tests: false, tracks: {} });
  }

  function hostOf() {
    try {
      return /** @type {any} */ (globalThis.parent).imlHost;
    } catch (error) {
      return null; // the page around is of another site
    }
  }

  function tell() {
    const line = document.createElement('p');
    line.className = 'iml-changed';
    line.setAttribute('role', 'status');
    Object.assign(line.style, {
      background: 'var(--iml-soft)', border: '1px solid var(--iml-muted)',
      borderRadius: 'var(--iml-radius)', padding: '0.75rem 1rem',
    });
    line.textContent = player.texts.text('player.beside.nothing');
    const main = document.querySelector('main');
    if (main) main.prepend(line);
    const { imlHeld: held } = globalThis;
    const root = new URL(document.documentElement.dataset.content_root || '', location.href);
    if (held) player.leads(new URL('.', root).href, held).close(document);
  }

  if (window.parent === window) document.addEventListener('DOMContentLoaded', tell);
  else {
    const host = hostOf();
    if (host && host.module) narrow(globalThis.imlCourse, host.module);
    else if (host && host.test) {
      globalThis.imlCourse.only = host.test;
      // How many modules are done is no matter of a test.
      if (!document.adoptedStyleSheets) return; // a browser from before 2023 shows it
      const style = new CSSStyleSheet();
      style.replaceSync('.iml-me-count { display: none }');
      document.adoptedStyleSheets = [style];
    }
  }
}(globalThis.imlPlayer));
