// needs:
/* Makes what is shown as large as its place allows, and shares out what is too much for one
   screen. It measures: nothing is ever cut, and nothing is small. */
(function (player) {
  'use strict';
  // Shares of the height of the place: as large as letters get, as small as they should get, and
  // as small as they may get where something cannot be shared out.
  const LARGEST = 0.085;
  const COMFORTABLE = 0.036;
  const SMALLEST = 0.024;
  const FINE = 0.5; // px: nobody sees less, and each step lays all of it out anew

  const over = (place) => place.scrollHeight > place.clientHeight + 1 ||
    place.scrollWidth > place.clientWidth + 1;

  /**
   * Sets the size of letters to the largest at which all is seen.
   * @param {HTMLElement} place
   * @param {number} least   a share of its height
   * @returns {boolean} whether all is seen
   */
  function fit(place, least) {
    const high = place.clientHeight;
    // A narrow place has long lines of few words.
    let most = Math.min(high * LARGEST, place.clientWidth * 0.055);
    let small = high * least;
    place.style.fontSize = most + 'px';
    if (!over(place)) return true;
    place.style.fontSize = small + 'px';
    if (over(place)) return false;
    while (most - small > FINE) {
      const middle = (small + most) / 2;
      place.style.fontSize = middle + 'px';
      if (over(place)) most = middle; else small = middle;
    }
    // Lines break at other words from size to size, so that a smaller one may need more room.
    for (let size = Math.floor(small * 4) / 4; ; size -= FINE) {
      place.style.fontSize = size + 'px';
      if (!over(place)) return true;
      if (size < high * least) return false;
    }
  }

  /**
   * Shows one stage of a screen, and says on how many pages.
   * @param {HTMLElement} place
   * @param {PresentStage} stage
   * @param {number} page  which one is wanted, from 0; -1 for the last
   * @returns {{page: number, pages: number}}
   */
  function show(place, stage, page) {
    const count = stage.blocks ? stage.blocks.length : 0;
    const put = (from, to) => place.replaceChildren(
      stage.draw(stage.blocks ? stage.blocks.slice(from, to) : []));
    put(0, count);
    place.classList.remove('iml-p-scrolled');
    if (fit(place, count > 1 ? COMFORTABLE : SMALLEST)) return { page: 0, pages: 1 };
    // What belongs together is put on as few pages as are well legible, about as much on each.
    for (let pages = 2; pages <= count; pages += 1) {
      const ends = shared(stage.blocks || [], pages);
      const least = pages === count ? SMALLEST : COMFORTABLE;
      if (!ends.every((end, at) => { put(at ? ends[at - 1] : 0, end); return fit(place, least); })) continue;
      const wanted = page < 0 ? pages - 1 : Math.min(page, pages - 1);
      put(wanted ? ends[wanted - 1] : 0, ends[wanted]);
      fit(place, least);
      return { page: wanted, pages };
    }
    put(0, count);
    // The last resort, which keys can scroll.
    if (!fit(place, SMALLEST)) place.classList.add('iml-p-scrolled');
    return { page: 0, pages: 1 };
  }

  /** Shares blocks out by the length of their texts; gives where each page ends. */
  function shared(blocks, pages) {
    const lengths = blocks.map((block) => block.textContent.length + 40);
    const whole = lengths.reduce((sum, one) => sum + one, 0);
    const ends = [];
    let sum = 0;
    blocks.forEach(function (block, at) {
      sum += lengths[at];
      const left = blocks.length - at - 1;
      const open = pages - ends.length - 1;
      if (open && (left === open || (sum >= whole * (ends.length + 1) / pages - lengths[at] / 2 && left > open - 1))) {
        ends.push(at + 1);
      }
    });
    return ends.concat(blocks.length);
  }

  player.fit = { show };
}(globalThis.imlPlayer));
