// needs: core/core
/* The track of a role: the core of the course that its work needs most, and the way on from there.
   The course is what course.js of the book holds (see player/data.py); nothing here touches the
   page. */
(function (player) {
  'use strict';

  /**
   * Gives the track of a role.
   * @param {Pick<Course, 'roles' | 'tracks'>} course
   * @param {string | undefined} role
   * @returns {(CourseTrack & {role: string, name: string}) | null} null where no role is chosen, or
   *   it has no track, or nothing of that is in this slice
   */
  function trackOf(course, role) {
    if (!role || !course.tracks || !Object.hasOwn(course.tracks, role)) return null;
    const track = course.tracks[role];
    if (track.left && !track.modules.length) return null;
    return Object.assign({ role, name: course.roles[role].name }, track);
  }

  /**
   * Gives all modules in the order in which a role meets them: first those of its track.
   * @param {Pick<Course, 'modules' | 'roles'>} course
   * @param {string | undefined} role
   * @returns {CourseModule[]}
   */
  function wayOf(course, role) {
    const way = role && Object.hasOwn(course.roles, role) ? course.roles[role].modules : null;
    if (!way) return course.modules;
    const place = (module) => {
      const at = way.indexOf(module.id);
      return at < 0 ? way.length : at;
    };
    return course.modules.slice().sort((a, b) => place(a) - place(b));
  }

  /**
   * Gives what stands before and after a module on the way of a role.
   * @param {Pick<Course, 'modules' | 'roles' | 'tracks'>} course
   * @param {string | undefined} role
   * @param {string} id  of the module
   * @returns {{before: CourseModule | null, after: CourseModule | null, ends: boolean}} ends: it is
   *   the last one of the role's track, after which its certificate comes
   */
  function beside(course, role, id) {
    const way = wayOf(course, role);
    const at = way.findIndex((module) => module.id === id);
    const track = trackOf(course, role);
    return {
      before: way[at - 1] || null,
      after: (at >= 0 && way[at + 1]) || null,
      ends: Boolean(track && !track.left && track.modules[track.modules.length - 1] === id),
    };
  }

  player.tracks = { trackOf, wayOf, beside };
}(globalThis.imlPlayer));
