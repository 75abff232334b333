import { RARE_TYPE, RARE_WORD } from './seed.mjs';

/** How many pages of 25 the deep page lies below the first, and the share of a small tenant's pages at most. */
const DEPTH = 1000;
const DEEPEST_SHARE = 0.6;
const STEP = 100;

/**
 * @typedef {object} PageKind
 * @property {string} name
 * @property {string} label
 * @property {(api: import('./api-process.mjs').Api) => Promise<string>} path
 */

/** @type {readonly PageKind[]} */
export const PAGES = [
  page('list', 'list, first page', ''),
  { name: 'deep', label: `list, page ${DEPTH + 1}`, path: deepPage },
  page('rare-type', 'list of a rare type', `?type=${RARE_TYPE}`),
  page('failed', 'list of failed runs', '?outcome=failed'),
  page('text', 'list by a rare word', `?q=${RARE_WORD}`),
  page('counts', 'counts per bucket and type', '/summary'),
  page('active', 'active widget', '/active'),
];

/**
 * @param {string} name
 * @param {string} label
 * @param {string} path
 * @returns {PageKind}
 */
function page(name, label, path) {
  return { name, label, path: () => Promise.resolve(path) };
}

/** Turns pages as a person would, in larger steps. */
async function deepPage(/** @type {import('./api-process.mjs').Api} */ api) {
  const { buckets } = await api.get('/summary');
  const runs = Object.values(/** @type {Record<string, number>} */ (buckets)).reduce((sum, count) => sum + count, 0);
  const skipped = Math.min(DEPTH * 25, Math.floor(runs * DEEPEST_SHARE));
  let cursor = '';
  for (let passed = 0; passed < skipped; passed += STEP) {
    cursor = (await api.get(`?limit=${STEP}${cursor === '' ? '' : `&cursor=${cursor}`}`)).nextCursor;
  }
  return `?cursor=${cursor}`;
}
