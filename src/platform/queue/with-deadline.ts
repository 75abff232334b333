/**
 * Answers what `work` answers, or rejects after `milliseconds`: BullMQ leaves a call to an unreachable Redis pending
 * instead of failing it. Work that was given up goes on unseen.
 */
export async function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The job transport did not answer in time.')), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined); // a late rejection of work that was given up has nobody left to tell
  }
}
