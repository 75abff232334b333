import { expect, it } from '@jest/globals';
import type { JobTransport } from '../../../platform/queue/job-transport.js';
import type { RunRow } from '../data/run-row.js';
import { RunDispatcher } from './run-dispatcher.js';

const rows = ['one', 'two', 'one'].map((type, at) => ({ id: String(at), type, dispatch_seq: 1 }) as RunRow);

/** Rings that wait until the test answers them. */
function openTransport(): { asked: string[]; answer: () => void; transport: JobTransport } {
  const asked: string[] = [];
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const ring: JobTransport['ring'] = (queue, jobs) => {
    asked.push(`${queue}: ${jobs.map(({ runId }) => runId).join(' ')}`);
    return answered;
  };
  return { asked, answer, transport: { transactional: false, ring } as JobTransport };
}

function dispatcherOn(transport: JobTransport, marked: string[]): RunDispatcher {
  const note = (rings: readonly { runId: string }[]): void => void marked.push(...rings.map(({ runId }) => runId));
  return new RunDispatcher(
    transport,
    {} as never,
    { markDispatched: (rings: { runId: string }[]) => Promise.resolve(note(rings)) } as never,
    { add: note } as never,
    {} as never,
    { find: () => undefined } as never,
  );
}

it.each<[string, (dispatcher: RunDispatcher) => Promise<RunRow[]>, RunRow[]]>([
  ['after a commit', (dispatcher) => dispatcher.ringAfterCommit(rows), []],
  ['for changed rows', (dispatcher) => dispatcher.ringFor(() => Promise.resolve(rows)), rows],
])('rings in all queues at once %s, so that a slow transport is waited for once', async (_, ring, answered) => {
  const { asked, answer, transport } = openTransport();
  const marked: string[] = [];
  const rung = ring(dispatcherOn(transport, marked));
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual(['one: 0 2', 'two: 1']);
  expect(marked).toEqual([]);
  answer();
  await expect(rung).resolves.toEqual(answered);
  expect(marked.sort()).toEqual(['0', '1', '2']);
});
