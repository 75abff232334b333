/** What one sweep did, in runs. */
export type SweepReport = Record<Repair, number>;

/**
 * `dispatched`: rung for the first time, because their process died between commit and dispatch, or the transport was
 * away. `redispatched`: the transport had lost their rings. `requeued`: their worker's lease ran out. `failed`: their
 * worker was lost and they may not be repeated, or nobody took them for too long.
 */
export type Repair = 'dispatched' | 'redispatched' | 'requeued' | 'failed' | 'cancelled' | 'archived';
