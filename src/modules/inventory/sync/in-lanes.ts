/**
 * Works a stream's items, `lanes` of them at a time, begun in their order; the next item is asked for when a lane is free,
 * so that no more than those under way are held. The first fault, the stream's own among them, stops the others by the
 * signal they are given; it is thrown when all that were under way have ended.
 * @throws what the stream or `work` threw first, or the signal's reason
 */
export async function inLanes<Item>(
  items: AsyncIterable<Item>,
  lanes: number,
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const waiting = items[Symbol.asyncIterator]();
  const lane = async (): Promise<void> => {
    try {
      for (;;) {
        either.throwIfAborted();
        const next = await waiting.next();
        if (next.done === true) return;
        either.throwIfAborted();
        await work(next.value, either);
      }
    } catch (error) {
      stop.abort(error);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  stop.signal.throwIfAborted();
}
