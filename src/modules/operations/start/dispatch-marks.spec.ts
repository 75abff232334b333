import { describe, expect, it } from '@jest/globals';
import type { RunJob } from '../../../platform/queue/job-transport.js';
import type { RunStartsRepository } from '../data/run-starts.repository.js';
import { RunTimings } from '../run-timings.js';
import { DispatchMarks } from './dispatch-marks.js';

const TIMINGS = new RunTimings({ runs: { leaseSeconds: 3, sweepSeconds: 1, retentionDays: 1 } });

/** A repository that keeps what it is told, and refuses the first `refusals` times. */
function marksInto(refusals = 0): { marks: DispatchMarks; written: RunJob[][] } {
  const written: RunJob[][] = [];
  let left = refusals;
  const starts = {
    markDispatched: (rings: readonly RunJob[]): Promise<void> => {
      if (left > 0) {
        left -= 1;
        return Promise.reject(new Error('away'));
      }
      written.push([...rings]);
      return Promise.resolve();
    },
  };
  return { marks: new DispatchMarks(starts as unknown as RunStartsRepository, TIMINGS), written };
}

const ring = (runId: string): RunJob => ({ runId, seq: 1 });

describe('DispatchMarks', () => {
  it('writes what came meanwhile in one go, and each ring once', async () => {
    const { marks, written } = marksInto();
    marks.add([ring('1')]);
    marks.add([ring('2'), ring('3')]);
    await marks.write();
    await marks.write();
    expect(written).toEqual([[ring('1'), ring('2'), ring('3')]]);
  });

  it('writes many in parts, in their order', async () => {
    const { marks, written } = marksInto();
    const rings = Array.from({ length: 1_200 }, (_, number) => ring(String(number)));
    marks.add(rings);
    await marks.write();
    expect(written.map((part) => part.length)).toEqual([500, 500, 200]);
    expect(written.flat()).toEqual(rings);
  });

  it('writes by itself', async () => {
    const { marks, written } = marksInto();
    marks.add([ring('1')]);
    while (written.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(written).toEqual([[ring('1')]]);
  });

  it('writes what is left when the process ends', async () => {
    const { marks, written } = marksInto();
    marks.add([ring('1')]);
    await marks.beforeApplicationShutdown();
    expect(written).toEqual([[ring('1')]]);
  });

  it('leaves a mark that could not be written to the sweep, and goes on with the next', async () => {
    const { marks, written } = marksInto(1);
    marks.add([ring('1')]);
    await marks.write();
    marks.add([ring('2')]);
    await marks.write();
    expect(written).toEqual([[ring('2')]]);
  });
});
