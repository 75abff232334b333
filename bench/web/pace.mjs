/**
 * Work of the kind that a page's start is made of: many small objects and texts, some of which stay. Its time is the pace of the
 * machine's processor on the day, and what figures of different days are to be read by.
 */
const WORK = `(() => {
  const begin = performance.now();
  const kept = new Map();
  for (let i = 0; i < 400000; i += 1) {
    const one = { id: 'item-' + (i % 5000), at: i, tags: [i, String(i)] };
    kept.set(one.id, { ...kept.get(one.id), ...one });
  }
  JSON.parse(JSON.stringify([...kept.values()]));
  return performance.now() - begin;
})()`;

/**
 * @param {import('./chromium.mjs').Chromium} browser
 * @param {number} slowDown how many times slower the processor of the page is made
 * @returns {Promise<number>} milliseconds that a fixed piece of work takes in an empty page
 */
export async function pace(browser, slowDown) {
  const tab = await browser.tab();
  try {
    await tab.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
    await tab.send('Runtime.evaluate', { expression: WORK }); // compiles it
    const { result } = await tab.send('Runtime.evaluate', { expression: WORK });
    return Number(/** @type {{ value?: unknown }} */ (result).value);
  } finally {
    await tab.close();
  }
}
