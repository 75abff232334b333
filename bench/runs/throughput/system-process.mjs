import { answerParent } from '../process/messages.mjs';
import { closedLoop } from './closed-loop.mjs';

/** One system in a process of its own: `system-process.mjs <file> <places> <options>`, the last two in JSON. */
const [file = '', places = '{}', options = '{}'] = process.argv.slice(2);
const { open } = await import(new URL(`../systems/${file}`, import.meta.url).href);
/** @type {import('../systems/system.mjs').System} */
const system = await open(JSON.parse(places), JSON.parse(options));

const HOT_IDENTITIES = 10;
/** Long enough for connections, prepared plans and compiled code. */
const WARM_UP_MS = 300;
let number = 0;

answerParent({ start, collide, drain });
process.send?.('ready');

/** @param {import('./closed-loop.mjs').LoopResult & { inFlight: number, milliseconds: number }} load */
async function start(load) {
  await system.reset();
  const one = () => system.start((number += 1));
  const warm = await closedLoop({ inFlight: load.inFlight, milliseconds: WARM_UP_MS }, one);
  const result = await closedLoop(load, one);
  await expectWaiting(warm.operations + result.operations);
  return result;
}

/** @param {{ inFlight: number, milliseconds: number }} load */
async function collide(load) {
  await system.reset();
  const ids = new Set();
  let nulls = 0;
  const one = async () => {
    const id = await system.collide?.((number += 1) % HOT_IDENTITIES);
    if (id === null || id === undefined) nulls += 1;
    else ids.add(id);
  };
  await closedLoop({ inFlight: load.inFlight, milliseconds: WARM_UP_MS }, one);
  nulls = 0;
  const result = await closedLoop(load, one);
  await expectWaiting(HOT_IDENTITIES);
  return { ...result, distinctIds: ids.size, nulls };
}

/** @param {{ kind: import('../systems/system.mjs').DrainKind, inFlight: number, count: number }} load */
async function drain({ kind, inFlight, count }) {
  const work = system.drains[kind];
  if (work === undefined) throw new Error(`It has no way of finishing that is ${kind}.`);
  await system.reset();
  await system.preload(count);
  await expectWaiting(count);
  const seconds = await work(count, inFlight);
  await expectWaiting(0);
  return { operations: count, perSecond: count / seconds };
}

/** A number is worth nothing when the work was not done. */
async function expectWaiting(/** @type {number} */ expected) {
  const found = await system.waiting();
  if (found !== expected) throw new Error(`${expected} jobs should be waiting, there are ${found}.`);
}
