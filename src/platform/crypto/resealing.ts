import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../database/database.js';
import { SealBroken, SecretBox } from './secret-box.js';
import { SealedColumns, type SealedColumn } from './sealed-columns.js';

/** How a look at all sealed bytes ended. */
export interface ResealingReport {
  /** Sealed with a former key before, with the newest now. */
  resealed: number;
  /** Not to be opened: damaged, moved from another row, or of a key that is not configured. They stay as they are. */
  shut: number;
}

/**
 * Seals anew, with the newest key, what a former key sealed, whenever a process starts. Then the former key can go. What
 * was changed meanwhile is left to who changed it; several processes may do this at once.
 */
@Injectable()
export class Resealing implements OnApplicationBootstrap {
  private readonly log = new Logger('Resealing');

  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly columns: SealedColumns,
  ) {}

  /** Never stops the boot: a process on a database that is not migrated yet says so by its readiness. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      const { resealed, shut } = await this.resealAll();
      if (resealed > 0) this.log.log(`${resealed} stored secrets were sealed anew with the newest key.`);
      if (shut > 0) this.log.error(`${shut} stored secrets cannot be opened with the configured encryption keys.`);
    } catch (error) {
      const stack = error instanceof Error ? error.stack : undefined;
      this.log.error('Stored secrets could not be looked at; the next start does it.', stack);
    }
  }

  async resealAll(): Promise<ResealingReport> {
    const report: ResealingReport = { resealed: 0, shut: 0 };
    for (const column of this.columns.all()) await this.resealColumn(column, report);
    return report;
  }

  private async resealColumn(place: SealedColumn, report: ResealingReport): Promise<void> {
    const { table, column, key, purpose } = place;
    const names = key.map((name) => `${name}::text`).join(', ');
    const newest = this.box.newestKeyId;
    const rows = await this.database.query<{ key: string[]; sealed: Buffer }>(
      `SELECT ARRAY[${names}] AS key, ${column} AS sealed FROM ${table}
       WHERE ${column} IS NOT NULL AND substring(${column} FROM 1 FOR ${newest.length}) <> $1`,
      [newest],
    );
    for (const row of rows) {
      const anew = this.resealed(row.sealed, purpose(row.key));
      if (anew === undefined) report.shut += 1;
      else report.resealed += await this.replace(place, row, anew);
    }
  }

  private resealed(sealed: Buffer, purpose: string): Buffer | undefined {
    try {
      return this.box.seal(this.box.open(sealed, purpose), purpose);
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }

  /** How many rows it changed: none when another process or person was first. */
  private async replace(
    { table, column, key }: SealedColumn,
    row: { key: string[]; sealed: Buffer },
    anew: Buffer,
  ): Promise<number> {
    const same = key.map((name, index) => `${name}::text = $${index + 3}`).join(' AND ');
    const changed = await this.database.query(
      `UPDATE ${table} SET ${column} = $1 WHERE ${column} = $2 AND ${same} RETURNING 1 AS changed`,
      [anew, row.sealed, ...row.key],
    );
    return changed.length;
  }
}
