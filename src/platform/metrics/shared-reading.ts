export interface ReadingLimits {
  /** How long an outcome, good or bad, answers those who come later. Milliseconds. */
  keepMs: number;
  /** How long a caller waits at most. The reading itself goes on, and no second one is begun beside it. Milliseconds. */
  deadlineMs: number;
}

interface Reading<T> {
  outcome: Promise<T>;
  /** Absent while it is under way. */
  endedAt?: number;
}

/**
 * Makes `read` safe to be asked for by strangers at any rate: at most one is under way, its outcome is kept for a while,
 * and nobody waits for ever. Rejects with what `read` rejected with, or when the deadline has passed.
 */
export function sharedReading<T>(
  read: () => Promise<T>,
  { keepMs, deadlineMs }: ReadingLimits,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let last: Reading<T> | undefined;

  const isOver = ({ endedAt }: Reading<T>): boolean => endedAt !== undefined && now() - endedAt >= keepMs;

  const begin = (): Reading<T> => {
    const reading: Reading<T> = { outcome: Promise.resolve().then(read) };
    const end = (): void => {
      reading.endedAt = now();
    };
    reading.outcome.then(end, end);
    return reading;
  };

  return () => {
    if (last === undefined || isOver(last)) last = begin();
    return withDeadline(last.outcome, deadlineMs);
  };
}

async function withDeadline<T>(outcome: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`There was no answer within ${milliseconds} ms.`)), milliseconds);
  });
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}
