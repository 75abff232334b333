/**
 * Answers what `work` answers, or rejects after `milliseconds`: BullMQ leaves a call to an unreachable Redis pending
 * instead of failing it. Work that was given up goes on unseen.
 */
export function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The job transport did not answer in time.')), milliseconds);
    work.then(
      (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
