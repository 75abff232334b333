import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {object} Asked one request of a page, times in milliseconds since the first of them began
 * @property {string} url
 * @property {string} type as the browser names it: Document, Script, Fetch, ...
 * @property {number} begin
 * @property {number} end
 * @property {number} bytes on the wire, head and compressed body
 * @property {boolean} named by the document itself, so that it is on its way beside the script
 */

/**
 * @typedef {object} Visit
 * @property {number} contentMs from the beginning of the navigation until the page showed what it is for
 * @property {number} paintMs its largest contentful paint until then, or a little later
 * @property {number} shift how much of it moved unasked until a little after, as the browser scores it (cumulative layout shift)
 * @property {number} shellBytes compressed, of the scripts that the document names: what every page begins with
 * @property {number} scriptBytes compressed, of all scripts until then
 * @property {number} apiRounds requests to the API one after another, each begun after the one before had ended
 * @property {readonly Asked[]} asked all until the content
 */

const SCREEN = { width: 1440, height: 900, deviceScaleFactor: 1, mobile: false };
const PATIENCE_MS = 60_000;
/** A paint that comes with the last rows is told a moment after them. */
const AFTER_MS = 500;
const LOOK_MS = 100;

/**
 * Opens a page in a browser that has nothing of it yet.
 * @param {import('./chromium.mjs').Chromium} browser
 * @param {import('./tenant.mjs').Tenant} tenant
 * @param {import('./pages.mjs').WebPage} wanted
 * @param {number} slowDown how many times slower the processor of the page is made
 * @returns {Promise<Visit>}
 */
export async function visit(browser, tenant, wanted, slowDown) {
  const tab = await browser.tab();
  try {
    await tab.send('Page.enable');
    await tab.send('Network.enable');
    const headers = wanted.signedIn ? { authorization: `Bearer ${tenant.token}` } : {};
    await tab.send('Network.setExtraHTTPHeaders', { headers });
    await tab.send('Emulation.setDeviceMetricsOverride', SCREEN);
    await tab.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
    await tab.send('Page.addScriptToEvaluateOnNewDocument', { source: watch(wanted.content) });
    const asked = recorded(tab);
    await tab.send('Page.navigate', { url: tenant.origin + wanted.path(tenant) });
    await shown(tab, wanted.name);
    await sleep(AFTER_MS);
    const contentMs = Number(await valueOf(tab, 'globalThis.shownAt'));
    const paintMs = Number(await valueOf(tab, 'globalThis.largestAt'));
    const shift = Number(await valueOf(tab, 'globalThis.moved'));
    const before = asked().filter(({ begin }) => begin <= contentMs);
    const scripts = before.filter(({ type }) => type === 'Script');
    return {
      contentMs,
      paintMs,
      shift,
      shellBytes: bytesOf(scripts.filter(({ named }) => named)),
      scriptBytes: bytesOf(scripts),
      apiRounds: roundsOf(before.filter(({ url, end }) => url.includes('/api/v1/') && end <= contentMs)),
      asked: before,
    };
  } finally {
    await tab.close();
  }
}

function bytesOf(/** @type {readonly Asked[]} */ requests) {
  return requests.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What an expression is in the page; the debugger may evaluate what the page's content security policy would refuse. */
async function valueOf(/** @type {import('./chromium.mjs').Tab} */ tab, /** @type {string} */ expression) {
  const { result } = await tab.send('Runtime.evaluate', { expression });
  return /** @type {{ value?: unknown }} */ (result).value;
}

async function shown(/** @type {import('./chromium.mjs').Tab} */ tab, /** @type {string} */ name) {
  const end = performance.now() + PATIENCE_MS;
  while ((await valueOf(tab, 'globalThis.shownAt')) === undefined) {
    if (performance.now() > end) throw new Error(`${name} did not show its content in ${PATIENCE_MS} ms.`);
    await sleep(LOOK_MS);
  }
}

/** Looks at every frame whether the content is there, and keeps the largest paint. */
function watch(/** @type {string} */ content) {
  return `
    // A person who saves data: the pages fetch the code of all others only for the rest.
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
    globalThis.largestAt = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.largestAt = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    globalThis.moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.moved += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    const look = () => {
      if (${content}) requestAnimationFrame(() => { globalThis.shownAt = performance.now(); });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);`;
}

/**
 * @param {import('./chromium.mjs').Tab} tab
 * @returns {() => Asked[]}
 */
function recorded(tab) {
  /** @type {Map<string, Asked>} */
  const requests = new Map();
  let first = Number.NaN;
  tab.on('Network.requestWillBeSent', ({ requestId, timestamp, request, type, initiator }) => {
    if (Number.isNaN(first)) first = timestamp;
    const begin = (timestamp - first) * 1_000;
    requests.set(requestId, {
      url: request.url,
      type: type ?? 'Other',
      begin,
      end: Number.POSITIVE_INFINITY,
      bytes: 0,
      named: initiator.type === 'parser' || initiator.type === 'preload',
    });
  });
  tab.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) Object.assign(request, { end: (timestamp - first) * 1_000, bytes: encodedDataLength });
  });
  return () => [...requests.values()];
}

/**
 * The longest chain of requests of which each began after the one before had ended; what is asked again is no link of it, nor what
 * nobody waited for because the document names it.
 */
function roundsOf(/** @type {readonly Asked[]} */ requests) {
  const inOrder = requests
    .filter(({ named }) => !named)
    .sort((a, b) => a.begin - b.begin)
    .filter(({ url }, index, all) => all.findIndex((other) => other.url === url) === index);
  /** @type {number[]} */
  const rounds = [];
  inOrder.forEach(({ begin }, index) => {
    const before = rounds.filter((_, other) => other < index && (inOrder[other]?.end ?? Infinity) <= begin);
    rounds.push(1 + Math.max(0, ...before));
  });
  return Math.max(0, ...rounds);
}
