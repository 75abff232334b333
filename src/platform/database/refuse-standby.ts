import type { PoolClient } from 'pg';

/** A connection led to a server that takes no writes; the code is PostgreSQL's for a write that it refuses. */
export class StandbyReached extends Error {
  readonly code = '25006';

  constructor() {
    super('The database is a standby, which takes no writes.');
    this.name = 'StandbyReached';
  }
}

/**
 * For a pool's `verify`: after a failover the name of the database leads to the former server for a while. A connection to
 * it would be kept, and refuse every write for as long as it is used.
 */
export function refuseStandby(client: PoolClient, done: (error?: Error) => void): void {
  client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby').then(
    ({ rows }) => done(rows[0]?.standby === true ? new StandbyReached() : undefined),
    (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
  );
}
