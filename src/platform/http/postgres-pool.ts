import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** The pool that a connected data source runs on; for libraries that speak `pg` themselves. */
export function poolOf(dataSource: DataSource): Pool {
  const { master } = dataSource.driver as unknown as { master?: Pool };
  if (master === undefined) throw new Error('The data source is not connected yet.');
  return master;
}
