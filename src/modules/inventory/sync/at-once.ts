/**
 * Works `items`, `lanes` of them at a time, begun in their order. The first that throws stops the others by the signal
 * they are given; it is thrown when all that were under way have ended, so that nothing goes on after this method.
 * @returns what `work` answered, in the order of the items
 * @throws what `work` threw first, or the signal's reason
 */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  lanes: number,
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const waiting = items.entries();
  const results: Result[] = [];
  const lane = async (): Promise<void> => {
    try {
      for (const [index, item] of waiting) {
        either.throwIfAborted();
        results[index] = await work(item, either);
      }
    } catch (error) {
      stop.abort(error);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  stop.signal.throwIfAborted();
  return results;
}
