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
 * @property {number} scriptBytes compressed, of all scripts until then
 * @property {number} apiRounds requests to the API one after another, each begun after the one before had ended
 * @property {readonly Asked[]} asked all until the content
 */

const PATIENCE_MS = 60_000;
/** A paint that comes with the last rows is told a moment after them. */
const AFTER_MS = 500;
const LOOK_MS = 100;

/**
 * Opens a page in a browser that has nothing of it yet.
 * @param {import('playwright-core').Browser} browser
 * @param {import('./tenant.mjs').Tenant} tenant
 * @param {import('./pages.mjs').WebPage} wanted
 * @param {number} slowDown how many times slower the processor of the page is made
 * @returns {Promise<Visit>}
 */
export async function visit(browser, tenant, wanted, slowDown) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...(wanted.signedIn ? { extraHTTPHeaders: { authorization: `Bearer ${tenant.token}` } } : {}),
  });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
    const asked = recorded(devtools);
    await page.addInitScript(watch(wanted.content));
    await page.goto(tenant.origin + wanted.path(tenant), { waitUntil: 'commit' });
    await shown(page);
    await page.waitForTimeout(AFTER_MS);
    const contentMs = Number(await page.evaluate('globalThis.shownAt'));
    const paintMs = Number(await page.evaluate('globalThis.largestAt'));
    const shift = Number(await page.evaluate('globalThis.moved'));
    const before = asked().filter(({ begin }) => begin <= contentMs);
    return {
      contentMs,
      paintMs,
      shift,
      scriptBytes: before.filter(({ type }) => type === 'Script').reduce((sum, { bytes }) => sum + bytes, 0),
      apiRounds: roundsOf(before.filter(({ url, end }) => url.includes('/api/v1/') && end <= contentMs)),
      asked: before,
    };
  } finally {
    await context.close();
  }
}

/** Asks the debugger, because the page's content security policy refuses to evaluate a text. */
async function shown(/** @type {import('playwright-core').Page} */ page) {
  const end = performance.now() + PATIENCE_MS;
  while (!(await page.evaluate('globalThis.shownAt !== undefined'))) {
    if (performance.now() > end) throw new Error(`${page.url()} did not show its content in ${PATIENCE_MS} ms.`);
    await page.waitForTimeout(LOOK_MS);
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
 * @param {import('playwright-core').CDPSession} devtools
 * @returns {() => Asked[]}
 */
function recorded(devtools) {
  /** @type {Map<string, Asked>} */
  const requests = new Map();
  let first = Number.NaN;
  devtools.on('Network.requestWillBeSent', ({ requestId, timestamp, request, type, initiator }) => {
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
  devtools.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
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
