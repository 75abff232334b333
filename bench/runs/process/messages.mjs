/**
 * What a measured process is asked over IPC. One question at a time; each is answered once.
 * @typedef {{ id: number, method: string, argument: unknown }} Question
 * @typedef {{ id: number, answer: unknown } | { id: number, failure: string }} Answer
 */

/**
 * Answers the questions of the parent process with `methods`, until it disconnects.
 * @param {Record<string, (argument: never) => Promise<unknown>>} methods
 */
export function answerParent(methods) {
  process.on('message', (/** @type {Question} */ { id, method, argument }) => {
    const work = methods[method];
    if (work === undefined) throw new Error(`There is no method ${method}.`);
    work(/** @type {never} */ (argument)).then(
      (answer) => process.send?.({ id, answer }),
      (error) =>
        process.send?.({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
}
