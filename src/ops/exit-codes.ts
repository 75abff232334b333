/** What a shell is told. */
export const EXIT = {
  /** Healthy; the run succeeded; the list was printed. */
  ok: 0,
  /** Divergence was found and is still there; the run did not succeed. */
  notOk: 1,
  /** The question could not be answered: wrong usage, or the database or the transport is away. */
  cannotSay: 2,
  /** Ctrl-C. */
  stopped: 130,
} as const;
