import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { UnfitDatabase } from '../../database/fitness/unfit-database.js';
import { loadMigrations } from '../../database/migrations.js';
import { Readiness } from './readiness.js';

/** The database answers, and has every migration that this build knows. */
@Injectable()
export class DatabaseChecks implements OnModuleInit {
  private known: Promise<string[]> | undefined;

  constructor(
    private readonly readiness: Readiness,
    private readonly database: Database,
  ) {}

  /**
   * One that is behind comes up and waits for its migration; one that has none at all is most likely not ours.
   * @throws UnfitDatabase, and so stops the boot
   */
  async onModuleInit(): Promise<void> {
    const [found] = await this.database.query<{ migrated: boolean }>(
      `SELECT to_regclass('schema_migrations') IS NOT NULL AS migrated`,
    );
    if (found?.migrated !== true) {
      throw new UnfitDatabase('The database has none of our tables; run npm run migrate -- up, or see DATABASE_URL.');
    }
    this.readiness.add('database', () => this.reachable());
    this.readiness.add('migrations', () => this.migrated());
  }

  private async reachable(): Promise<void> {
    await this.database.query('SELECT 1');
  }

  /** A database that is further than this build is fine: that is how a release rolls out. */
  private async migrated(): Promise<void> {
    this.known ??= loadMigrations().then((migrations) => migrations.map(({ name }) => name));
    const missing = await this.database.query(
      'SELECT FROM unnest($1::text[]) AS known (name) WHERE name NOT IN (SELECT name FROM schema_migrations) LIMIT 1',
      [await this.known],
    );
    if (missing.length > 0) throw new Error('The database lacks a migration.');
  }
}
