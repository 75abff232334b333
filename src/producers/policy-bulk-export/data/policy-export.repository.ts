import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

/** The most bytes of one part; the table refuses more. */
export const PART_BYTES = 262_144;
/** How long an archive can be fetched, and how many of one tenant: the oldest gives way. */
const KEPT_DAYS = 7;
const MOST_KEPT = 20;
/** An archive that is gone is remembered this long, so that a late click is told why. */
const REMEMBERED_DAYS = 90;

/** A finished archive. `bytes` and times as `pg` answers them. */
export interface PolicyExportRow {
  id: string;
  files: number;
  parts: number;
  bytes: string;
  sha256: string;
  finished_at: Date;
  expires_at: Date;
  expired: boolean;
}

/** What a whole archive is made of; `sha256` in hex. */
export interface WholeArchive {
  files: number;
  parts: number;
  bytes: number;
  sha256: string;
}

/** Archives in PostgreSQL, in parts. One can be fetched once it is finished, and until it expires. */
@Injectable()
export class PolicyExportRepository {
  constructor(private readonly database: TenantDatabase) {}

  /** Begins the run's archive and answers its id; what a lost attempt of the same run left is dropped. */
  open(scope: TenantScope, runId: string): Promise<string> {
    return this.database.transaction(async () => {
      await this.database.query(scope, 'DELETE FROM policy_exports WHERE tenant_id = $1 AND run_id = $2', [runId]);
      const [row] = await this.database.query<{ id: string }>(
        scope,
        `INSERT INTO policy_exports (tenant_id, run_id, expires_at)
         VALUES ($1, $2, now() + make_interval(days => ${KEPT_DAYS})) RETURNING id`,
        [runId],
      );
      if (!row) throw new Error('The archive was not begun.');
      return row.id;
    });
  }

  /** Fails when the archive was dropped meanwhile: another attempt of the run has begun its own. */
  async append(scope: TenantScope, id: string, part: number, data: Buffer): Promise<void> {
    await this.database.query(
      scope,
      'INSERT INTO policy_export_parts (tenant_id, export_id, part, data) VALUES ($1, $2, $3, $4)',
      [id, part, data],
    );
  }

  /** Opens the archive for fetching. Undefined when it was dropped meanwhile. */
  async finish(scope: TenantScope, id: string, whole: WholeArchive): Promise<PolicyExportRow | undefined> {
    const [row] = await this.database.query<PolicyExportRow>(
      scope,
      `UPDATE policy_exports SET files = $3, parts = $4, bytes = $5, sha256 = $6, finished_at = now(),
         expires_at = now() + make_interval(days => ${KEPT_DAYS})
       WHERE tenant_id = $1 AND id = $2 AND finished_at IS NULL
       RETURNING id, files, parts, bytes, sha256, finished_at, expires_at, false AS expired`,
      [id, whole.files, whole.parts, whole.bytes, whole.sha256],
    );
    return row;
  }

  async drop(scope: TenantScope, id: string): Promise<void> {
    await this.database.query(scope, 'DELETE FROM policy_exports WHERE tenant_id = $1 AND id = $2', [id]);
  }

  /** A finished archive, or one that was there and has expired. */
  async find(scope: TenantScope, id: string): Promise<PolicyExportRow | undefined> {
    const [row] = await this.database.query<PolicyExportRow>(
      scope,
      `SELECT id, files, parts, bytes, sha256, finished_at, expires_at, expires_at <= now() AS expired
       FROM policy_exports WHERE tenant_id = $1 AND id = $2 AND finished_at IS NOT NULL`,
      [id],
    );
    return row;
  }

  async part(scope: TenantScope, id: string, part: number): Promise<Buffer | undefined> {
    const [row] = await this.database.query<{ data: Buffer }>(
      scope,
      'SELECT data FROM policy_export_parts WHERE tenant_id = $1 AND export_id = $2 AND part = $3',
      [id, part],
    );
    return row?.data;
  }

  /** Frees what has expired, and the oldest archives beyond the number that is kept. */
  async removeExpired(scope: TenantScope): Promise<void> {
    await this.database.query(
      scope,
      `UPDATE policy_exports SET expires_at = now() WHERE tenant_id = $1 AND expires_at > now() AND id IN (
         SELECT id FROM policy_exports WHERE tenant_id = $1 AND expires_at > now() ORDER BY id DESC OFFSET ${MOST_KEPT})`,
    );
    await this.database.query(
      scope,
      `DELETE FROM policy_export_parts p USING policy_exports e
       WHERE e.tenant_id = $1 AND e.expires_at <= now() AND p.tenant_id = $1 AND p.export_id = e.id`,
    );
    await this.database.query(
      scope,
      `DELETE FROM policy_exports
       WHERE tenant_id = $1 AND expires_at <= now() - make_interval(days => ${REMEMBERED_DAYS})`,
    );
  }
}
