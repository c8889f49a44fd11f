/* On a page that says which course it belongs to, by data-iml-course on the script's own
   element, the player starts by itself. Elsewhere its host calls imlPlayer.enhance. */
(function (player) {
  'use strict';
  const own = document.currentScript;
  if (!own || !own.dataset.imlCourse) return;
  const options = { course: own.dataset.imlCourse, frame: own.dataset.imlFrame };
  const go = () => player.start(document, options);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', go);
  else go();
}(globalThis.imlPlayer));
