// needs: core/core
/* Where a package has some of the pages of the course: what leads to the others is closed. */
(function (player) {
  'use strict';
  const LEADS = 'a[href], form[action]';

  /**
   * @param {string} base    the address of the package
   * @param {string[]} files  the pages that it has
   * @returns {{pageOf(address: string): string, close(page: Document): void}}
   */
  function leads(base, files) {
    /** Gives the page of the course that an address names; nothing if it is none of this package. */
    function pageOf(address) {
      const path = address.startsWith(base) ? address.slice(base.length) : '';
      const [name] = path.split(/[?#]/);
      return files.includes(name) ? path : '';
    }

    function hide(element) {
      element.hidden = true;
      element.style.display = 'none'; // whatever the styles of the page say of it
    }

    /** Closes a link that leads out of the package: in a text it is plain, in a list of ways hidden. */
    function closeLink(link) {
      const list = link.closest('nav');
      link.removeAttribute('href');
      if (!list && !link.matches('.iml-find, .iml-button')) return;
      const entry = (list && link.closest('li')) || link;
      const group = entry.closest('details');
      hide(entry);
      if (group && !group.querySelector('li:not([hidden])')) hide(group);
    }

    /** Makes links plain that lead out of the package, and opens others' pages beside the course. */
    function settle(links) {
      for (const link of links) {
        if (link.matches('form')) {
          if (link.action.startsWith(base) && !pageOf(link.action)) hide(link);
          continue;
        }
        if (!link.href || link.protocol === 'mailto:' || link.protocol === 'blob:') continue;
        if (link.href.startsWith(base)) {
          if (!pageOf(link.href)) closeLink(link);
        } else if (/^https?:$/.test(link.protocol)) {
          link.target = '_blank';
          link.rel = 'noopener';
        }
      }
    }

    /** Closes what is on a page, and what comes onto it. */
    function close(page) {
      settle(page.querySelectorAll(LEADS));
      new MutationObserver(function (all) {
        for (const { addedNodes } of all) {
          for (const node of addedNodes) {
            if (node.nodeType !== 1) continue;
            const element = /** @type {Element} */ (node);
            settle([element, ...element.querySelectorAll(LEADS)].filter((one) => one.matches(LEADS)));
          }
        }
      }).observe(page, { childList: true, subtree: true });
    }

    return { pageOf, close };
  }

  player.leads = leads;
}(globalThis.imlPlayer));
