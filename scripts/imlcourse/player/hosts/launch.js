// needs: core/values
/* What a learning platform says when it launches a package: in the address of the page, as cmi5
   (section 8) and as the xAPI launch of tincan.xml have it. Nothing here touches the page. */
(function (player) {
  'use strict';
  const { isObject } = player.values;
  const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const NEAR = /^(localhost|127\.0\.0\.1)$/;

  /** Says whether the page may send to an address: the same as its content policy says. */
  function isAllowed(address, origin) {
    const { protocol, hostname, origin: of } = address;
    return protocol === 'https:' || (protocol === 'http:' && (NEAR.test(hostname) || of === origin));
  }

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      return null;
    }
  }

  function addressOf(text) {
    try {
      return new URL(text);
    } catch (error) {
      return null;
    }
  }

  /** Gives an agent as xAPI has it now; launches of older platforms put its parts into lists. */
  function agentOf(text) {
    const read = parsed(text);
    if (!isObject(read)) return null;
    const [name, mbox, account] = ['name', 'mbox', 'account'].map((part) =>
      (Array.isArray(read[part]) ? read[part][0] : read[part]));
    /** @type {Actor} */
    const agent = { objectType: 'Agent' };
    if (typeof name === 'string' && name) agent.name = name;
    if (isObject(account)) {
      const { homePage, accountServiceHomePage, name: called, accountName } = account;
      agent.account = { homePage: homePage || accountServiceHomePage, name: called || accountName };
      return agent.account.homePage && agent.account.name ? agent : null;
    }
    if (typeof mbox === 'string') agent.mbox = mbox;
    else if (typeof read.mbox_sha1sum === 'string') agent.mbox_sha1sum = read.mbox_sha1sum;
    else if (typeof read.openid === 'string') agent.openid = read.openid;
    else return null;
    return agent;
  }

  /**
   * Reads a launch.
   * @param {string} search   what stands in the address behind the ?
   * @param {string} origin   of the page
   * @param {string} kind     cmi5 or xapi: the kind of the package
   * @returns {{launch: Launch | null, trouble: '' | 'incomplete' | 'unsafe'}} no launch and no
   *   trouble where there is none
   */
  function read(search, origin, kind) {
    const given = new URLSearchParams(search);
    const endpoint = given.get('endpoint') || '';
    if (!endpoint && !given.get('fetch')) return { launch: null, trouble: '' };
    const wanted = kind === 'cmi5' ? ['fetch', 'actor', 'registration', 'activityId'] : ['actor'];
    const actor = agentOf(given.get('actor') || '');
    const at = addressOf(endpoint);
    const fetched = kind === 'cmi5' ? addressOf(given.get('fetch') || '') : at;
    const registration = given.get('registration') || '';
    if (!at || !fetched || !actor || !wanted.every((name) => given.get(name)) ||
      (registration && !UUID.test(registration))) return { launch: null, trouble: 'incomplete' };
    if (![at, fetched].every((one) => isAllowed(one, origin))) return { launch: null, trouble: 'unsafe' };
    const auth = given.get('auth') || '';
    return {
      trouble: '',
      launch: {
        kind, endpoint: at.href.replace(/\/*$/, '/'), fetch: kind === 'cmi5' ? fetched.href : '',
        auth: kind === 'cmi5' || !auth || /^\w+ /.test(auth) ? auth : 'Basic ' + auth,
        actor, registration,
        activity: given.get(kind === 'cmi5' ? 'activityId' : 'activity_id') || '',
      },
    };
  }

  player.launch = { read, isAllowed };
}(globalThis.imlPlayer));
