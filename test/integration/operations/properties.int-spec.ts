import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { calmHistory, history } from './properties-commands.js';
import { startFaultyEngine, type FaultyEngine } from './properties-engine.js';
import { SHADOW } from './properties-invariants.js';
import { WITNESS } from './properties-witness.js';
import { World } from './properties-world.js';

// Real here: PostgreSQL, BullMQ on it and the engine. The connections and rings that fail do so for real, too.

/** Cases of each property; more for a soak, which then chooses its seed by the clock unless one is given. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 20);
const SEED = process.env.PROPERTY_SEED ?? (process.env.PROPERTY_RUNS === undefined ? '20260' : String(Date.now() | 0));
const LIMIT_MS = 60_000 + RUNS * 30_000;

function holds(transactional: boolean): void {
  let engine: FaultyEngine;

  beforeAll(async () => {
    engine = await startFaultyEngine(transactional);
    await engine.db.database.query(SHADOW);
    await engine.db.database.query(WITNESS);
  });
  afterAll(() => engine?.close());

  it(
    'keeps I1 to I9 after every step, whatever fails, and comes to its end',
    () =>
      fc.assert(
        fc.asyncProperty(history, ({ steps, lost }) =>
          World.within(engine, async (world) => {
            for (const step of steps) await world.take(step);
            await world.letRowsGo();
            await engine.transport.deliverLate();
            if (lost) await world.loseRings();
            await world.settle();
          }),
        ),
        { numRuns: RUNS, seed: Number(SEED) },
      ),
    LIMIT_MS,
  );

  it(
    'brings every run to its end by its ring alone while rows are held, where no ring is lost',
    () =>
      fc.assert(
        fc.asyncProperty(calmHistory, (steps) =>
          World.within(engine, async (world) => {
            for (const step of steps) await world.take(step);
            await world.letRowsGo();
            await world.settleByRings();
          }),
        ),
        { numRuns: RUNS, seed: Number(SEED) },
      ),
    LIMIT_MS,
  );
}

describe('the run engine, its rings in the row’s transaction', () => holds(true));

describe('the run engine, its rings after the commit', () => holds(false));
