import { expect, it } from '@jest/globals';
import { Database } from '../../../src/platform/database/database.js';
import { eventually } from '../../support/eventually.js';
import { allOf, onEveryTransport } from './transport-under-test.js';

onEveryTransport((on) => {
  it(`says whether a ring joins the caller's transaction: ${on.transactional}`, () => {
    expect(on.transport.transactional).toBe(on.transactional);
  });

  it('delivers a ring that waited, and one that comes while somebody listens, as it was given', async () => {
    await on.transport.ring(on.queue, [{ runId: '9007199254740993', seq: 3 }]);
    const heard = await on.hear();
    await allOf(heard, 1);
    await on.transport.ring(on.queue, [{ runId: '2', seq: 1 }]);
    await allOf(heard, 2);
    expect(heard).toEqual(
      expect.arrayContaining([
        { runId: '9007199254740993', seq: 3 },
        { runId: '2', seq: 1 },
      ]),
    );
    expect(await on.transport.waiting(on.queue)).toBe(0);
  });

  it('delivers every one of many rings, given at once and by many callers', async () => {
    const heard = await on.hear();
    await on.ring(...Array.from({ length: 200 }, (_, i) => i));
    await Promise.all(Array.from({ length: 50 }, (_, i) => on.ring(200 + i)));
    await allOf(heard, 250);
  });

  it('keeps queues apart', async () => {
    const heard = await on.hear();
    await on.transport.ring(`${on.queue}-other`, [{ runId: '1', seq: 1 }]);
    await on.ring(2);
    await allOf(heard, 1);
    expect(heard).toEqual([{ runId: '2', seq: 1 }]);
    expect(await on.transport.waiting(`${on.queue}-other`)).toBe(1);
  });

  it('takes a ring that waits already without complaint, and one that was answered as a ring like any other', async () => {
    await on.ring(1);
    await on.ring(1, 2);
    expect(await on.transport.waiting(on.queue)).toBe(2);
    const heard = await on.hear();
    await allOf(heard, 2);
    await eventually(async () => {
      await on.ring(1);
      return heard.filter(({ runId }) => runId === '1').length > 1 || undefined;
    });
  });

  it('goes on after a handler that throws, and does not try that ring again', async () => {
    const heard = await on.hear(({ runId }) => (runId === '1' ? Promise.reject(new Error('boom')) : Promise.resolve()));
    await on.ring(1);
    await allOf(heard, 1);
    await on.ring(2, 3);
    await allOf(heard, 3);
    expect(heard.filter(({ runId }) => runId === '1')).toHaveLength(1);
    expect(await on.transport.waiting(on.queue)).toBe(0);
  });

  it('counts and lists the rings that nobody has taken, oldest first', async () => {
    expect([await on.transport.waiting(on.queue), await on.waitingRings()]).toEqual([0, []]);
    await on.ring(1);
    await on.ring(2, 3);
    await on.ring(4);
    expect(await on.transport.waiting(on.queue)).toBe(4);
    expect((await on.waitingRings()).map(({ runId }) => runId)).toEqual(['1', '2', '3', '4']);
    expect(await on.waitingRings(1)).toEqual([{ runId: '1', seq: 1 }]);
  });

  it('serves as many rings at once as it was told, and leaves the others waiting', async () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    let busy = 0;
    let most = 0;
    const heard = await on.hear(async () => {
      busy += 1;
      most = Math.max(most, busy);
      await opened;
      busy -= 1;
    });
    await on.ring(1, 2, 3, 4, 5);
    await allOf(heard, 2);
    expect(await on.transport.waiting(on.queue)).toBe(3);
    open();
    await allOf(heard, 5);
    expect(most).toBe(2);
  });

  it(on.transactional ? 'rings with the commit' : 'rings at once, whatever becomes of a transaction', async () => {
    const database = on.process.get(Database);
    const undone = database.transaction(async () => {
      await on.ring(1);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(await on.transport.waiting(on.queue)).toBe(on.transactional ? 0 : 1);
    const other = await on.startProcess();
    try {
      await database.transaction(async () => {
        await on.ring(2);
        // Another process stands outside of this transaction.
        const seen = await database.outside(() => on.waitingRings(10, other));
        expect(seen.map(({ runId }) => runId)).toEqual(on.transactional ? [] : ['1', '2']);
      });
    } finally {
      await other.close();
    }
    expect((await on.waitingRings()).map(({ runId }) => runId)).toContain('2');
  });

  it('waits for the running handlers when it stops to listen, takes no new ring, and can still ring', async () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const heard = await on.hear(() => opened);
    await on.ring(1);
    await allOf(heard, 1);
    let stopped = false;
    const stopping = on.transport.stopListening().then(() => (stopped = true));
    await on.ring(2);
    expect(stopped).toBe(false);
    open();
    await stopping;
    await on.ring(3);
    expect(heard).toEqual([{ runId: '1', seq: 1 }]);
    expect((await on.waitingRings()).map(({ runId }) => runId)).toEqual(['2', '3']);
  });
});
