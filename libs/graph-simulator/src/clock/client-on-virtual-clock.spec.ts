import { afterEach, describe, expect, it } from '@jest/globals';
import { createGraphClient, type GraphClientSettings } from '../../../graph-client/src/graph-client.js';
import { FollowedClock } from '../../testing/followed-clock.js';
import { createGraphSimulator, type GraphSimulator, type StartedSimulator } from '../graph-simulator.js';
import { RunningSimulator } from '../../testing/running-simulator.js';

type Follower = Required<Pick<GraphClientSettings, 'clock' | 'observer'>>;

const READS = 250;
const LIMIT = 50;
const WINDOW_SECONDS = 20;
const PATH = '/beta/deviceManagement/configurationPolicies?$top=1';

/** Reads more than the budget allows at once, and tells the virtual seconds that it took. */
describe('the product client on the virtual clock', () => {
  let simulator: GraphSimulator;
  afterEach(() => simulator.close());

  const start = (): Promise<StartedSimulator> => {
    simulator = createGraphSimulator({
      port: 0,
      clock: { mode: 'virtual' },
      intuneLimit: { requests: LIMIT, seconds: WINDOW_SECONDS },
    });
    return simulator.start();
  };
  const limits = { windowMs: WINDOW_SECONDS * 1000, writesPerWindow: 10 };
  const throttled = async ({ controlOrigin }: StartedSimulator) => {
    const answer = await fetch(`${controlOrigin}/requests`);
    const { items } = (await answer.json()) as { items: { status: number }[] };
    return items.filter(({ status }) => status === 429).length;
  };
  const readAll = async (
    { graphOrigin, controlOrigin }: StartedSimulator,
    follower: Follower,
    requestsPerWindow: number,
  ) => {
    const token = await new RunningSimulator(graphOrigin, controlOrigin, () => Promise.resolve()).token();
    const client = createGraphClient({
      graphOrigin,
      tokens: { token: () => Promise.resolve(token) },
      limits: { ...limits, requestsPerWindow },
      ...follower,
      random: () => 0,
    });
    const before = follower.clock.now();
    await Promise.all(Array.from({ length: READS }, () => client.get(PATH)));
    return (follower.clock.now() - before) / 1000;
  };
  const inside = ({ clock }: StartedSimulator): Follower => {
    const sending = () => {
      clock.enter();
      return () => clock.leave();
    };
    return { clock, observer: { sending, fault: () => undefined } };
  };

  it('takes exactly the time that the budget makes it take, and is never refused', async () => {
    const started = await start();
    const seconds = await readAll(started, inside(started), LIMIT);
    expect(seconds).toBe((READS / LIMIT - 1) * WINDOW_SECONDS);
    expect(await throttled(started)).toBe(0);
  });

  it('does so from another process too', async () => {
    const started = await start();
    const clock = await FollowedClock.of(started.controlOrigin);
    const seconds = await readAll(started, { clock, observer: clock.observer }, LIMIT);
    expect(seconds).toBe((READS / LIMIT - 1) * WINDOW_SECONDS);
    expect(await throttled(started)).toBe(0);
  });

  it('is caught when it asks for more than the budget allows', async () => {
    const started = await start();
    await readAll(started, inside(started), LIMIT * 2);
    expect(await throttled(started)).toBeGreaterThan(0);
  });
});
