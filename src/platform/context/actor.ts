/** Who acts: a signed-in user, or the system (schedules, sweeps). The name is a snapshot for history. */
export type Actor = { kind: 'user'; userId: string; name: string } | { kind: 'system'; name: 'System' };

export const SYSTEM: Actor = Object.freeze({ kind: 'system', name: 'System' });
