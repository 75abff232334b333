import { afterEach, describe, expect, it } from '@jest/globals';
import { FollowedClock } from '../../testing/followed-clock.js';
import { RunningSimulator } from '../../testing/running-simulator.js';
import { SimulatorClock } from './simulator-clock.js';

const START = Date.UTC(2026, 10, 21, 12);

describe('the simulator clock', () => {
  const clocks: SimulatorClock[] = [];
  const virtual = (rules: Partial<ReturnType<SimulatorClock['rules']>> = {}) => {
    const clock = new SimulatorClock(() => START);
    clock.set({ mode: 'virtual', settleMs: 0, ...rules });
    clocks.push(clock);
    return clock;
  };
  afterEach(() => clocks.forEach((clock) => clock.close()));

  it('stands still until it is told to move, and wakes in the order of the times', async () => {
    const clock = virtual({ autoAdvance: false });
    const woken: string[] = [];
    const waits = [clock.delay(3000).then(() => woken.push('late')), clock.delay(1000).then(() => woken.push('early'))];
    clock.advance(999);
    await Promise.resolve();
    expect([clock.now() - START, woken, clock.rules().waiting]).toEqual([999, [], 2]);
    clock.advance(5000);
    await Promise.all(waits);
    expect(woken).toEqual(['early', 'late']);
    expect(clock.now() - START).toBe(5999);
  });

  it('moves by itself to the next wake-up, and no further, once everybody waits', async () => {
    const clock = virtual({ parties: 2 });
    const first = clock.delay(20_000).then(() => clock.now());
    const second = clock.delay(50_000).then(() => clock.now());
    expect((await first) - START).toBe(20_000);
    const third = clock.delay(10_000).then(() => clock.now());
    expect((await third) - START).toBe(30_000);
    clock.set({ parties: 1 });
    expect((await second) - START).toBe(50_000);
  });

  it('does not move by itself while a request is under way, unless that waits too', async () => {
    const clock = virtual();
    clock.enter();
    let woken = false;
    const wait = clock.delay(1000).then(() => (woken = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(woken).toBe(false);
    await clock.pause(5000);
    await wait;
    expect(clock.now() - START).toBe(5000);
    clock.leave();
  });

  it('lets go of a wait that is given up', async () => {
    const clock = virtual({ autoAdvance: false });
    const stop = new AbortController();
    const wait = clock.delay(1000, stop.signal);
    stop.abort(new Error('left'));
    await expect(wait).rejects.toThrow('left');
    expect(clock.rules().waiting).toBe(0);
    await expect(clock.delay(1, stop.signal)).rejects.toThrow('left');
  });

  it('goes on in real time from where it was', () => {
    const clock = virtual();
    clock.advance(1000);
    clock.set({ mode: 'real' });
    expect(clock.now()).toBe(START + 1000);
    clock.advance(500);
    expect(clock.now()).toBe(START + 1500);
  });
});

describe('the clock over the control API', () => {
  let simulator: RunningSimulator;
  afterEach(() => simulator.close());

  it('is followed by a client in another process', async () => {
    simulator = await RunningSimulator.start({ now: () => START, clock: { mode: 'virtual', settleMs: 0 } });
    const clock = await FollowedClock.of(simulator.controlOrigin);
    expect(clock.now()).toBe(START);
    await clock.delay(90_000);
    expect(clock.now()).toBe(START + 90_000);
    const stop = new AbortController();
    await simulator.control('PUT', '/clock', { autoAdvance: false });
    const given = clock.delay(90_000, stop.signal);
    stop.abort(new Error('left'));
    await expect(given).rejects.toThrow('left');
    // The simulator learns of it when the connection breaks.
    for (let waiting = 1; waiting > 0;) waiting = (await simulator.control('GET', '/clock')).json.waiting as number;
  });

  it('makes every request take its latency, and tells the time in the Date header', async () => {
    const clock = { mode: 'virtual', settleMs: 0, latencyMs: 2000 } as const;
    simulator = await RunningSimulator.start({ now: () => START, clock });
    const token = await simulator.token();
    const answers = await Promise.all([1, 2, 3].map(() => simulator.graph('/v1.0/groups', token)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { json } = await simulator.control('GET', '/clock');
    const passed = Date.parse(String(json.now)) - START;
    expect(passed).toBeGreaterThanOrEqual(4000);
    expect(passed).toBeLessThanOrEqual(8000);
    expect(Date.parse(answers[0]?.headers.get('date') ?? '') - START).toBeLessThanOrEqual(passed);
  });

  it('makes a token old without waiting, and names what is wrong with a call', async () => {
    simulator = await RunningSimulator.start();
    const token = await simulator.token();
    await simulator.control('POST', '/clock/advance', { ms: 3_600_000 });
    expect((await simulator.graph('/v1.0/groups', token)).status).toBe(401);
    expect((await simulator.control('POST', '/clock/advance', {})).status).toBe(400);
    expect((await simulator.control('PUT', '/clock', { mode: 'fast' })).json).toMatchObject({
      error: { code: 'control.invalid_body', message: 'mode has to be one of real, virtual.' },
    });
    expect((await simulator.control('POST', '/clock/back', {})).status).toBe(404);
  });
});
