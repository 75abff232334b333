import { parseArgs } from 'node:util';

export const PARTS = /** @type {const} */ (['start', 'collide', 'single', 'batched', 'lists', 'crash']);

/** @typedef {typeof PARTS[number]} Part */

export const USAGE = `Usage: npm run bench:runs -- [--quick] [--only PART,...] [--rounds N] [--json FILE] [--markdown FILE]
Parts: ${PARTS.join(', ')}.`;

/**
 * @typedef {object} Options
 * @property {boolean} quick a smoke test: few rounds, short cells, 100,000 runs instead of a million
 * @property {readonly Part[]} parts
 * @property {number} rounds
 * @property {number} milliseconds
 * @property {{ single: Record<number, number>, batched: Record<number, number> }} drained
 * @property {readonly number[]} sizes
 * @property {number} samples
 * @property {string | undefined} json
 * @property {string | undefined} markdown
 */

const FULL = {
  rounds: 5,
  milliseconds: 2_000,
  drained: { single: { 1: 500, 16: 3_000, 64: 4_000 }, batched: { 1: 10_000, 16: 10_000, 64: 10_000 } },
  sizes: [10_000, 1_000_000],
  samples: 500,
};

const QUICK = {
  rounds: 2,
  milliseconds: 400,
  drained: { single: { 1: 100, 16: 500, 64: 500 }, batched: { 1: 2_000, 16: 2_000, 64: 2_000 } },
  sizes: [10_000, 100_000],
  samples: 50,
};

/**
 * @param {readonly string[]} argv
 * @returns {Options}
 */
export function parseOptions(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'string' },
      markdown: { type: 'string' },
    },
  });
  const plan = values.quick ? QUICK : FULL;
  const rounds = Number(values.rounds ?? plan.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds is a whole number from 1 on.\n${USAGE}`);
  const named = values.only?.split(',') ?? [...PARTS];
  const parts = PARTS.filter((part) => named.includes(part));
  if (parts.length < named.length) throw new Error(`--only names a part that there is not.\n${USAGE}`);
  return { ...plan, quick: values.quick, rounds, parts, json: values.json, markdown: values.markdown };
}
