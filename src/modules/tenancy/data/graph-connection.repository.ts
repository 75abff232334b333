import { Injectable } from '@nestjs/common';
import { Database, TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';

export type CredentialKind = 'secret' | 'certificate';

/** Exactly one of `sealedSecret` and `environmentVariable` is there. */
export interface NewGraphConnection {
  clientId: string;
  kind: CredentialKind;
  sealedSecret: Buffer | null;
  environmentVariable: string | null;
  certificate: { thumbprint: string; expiresAt: Date } | null;
  setBy: { userId: string | null; name: string };
}

export interface GraphConnectionRow {
  clientId: string;
  kind: CredentialKind;
  sealedSecret: Buffer | null;
  environmentVariable: string | null;
  certificateThumbprint: string | null;
  certificateExpiresAt: Date | null;
  setByName: string;
  updatedAt: Date;
  /** Counts every change of the connection, so that a verdict is not put down for another credential. */
  revision: number;
  verdictCode: string | null;
  verdictMissing: string[] | null;
  verdictAadsts: string | null;
  verdictRequestId: string | null;
  verdictAt: Date | null;
}

export interface NewVerdict {
  code: string;
  missing: readonly string[];
  aadsts?: string;
  requestId?: string;
}

const COLUMNS = `client_id AS "clientId", kind, sealed_secret AS "sealedSecret",
  environment_variable AS "environmentVariable", certificate_thumbprint AS "certificateThumbprint",
  certificate_expires_at AS "certificateExpiresAt", set_by_name AS "setByName", updated_at AS "updatedAt", revision,
  verdict_code AS "verdictCode", verdict_missing AS "verdictMissing", verdict_aadsts AS "verdictAadsts",
  verdict_request_id AS "verdictRequestId", verdict_at AS "verdictAt"`;

/** How a tenant's Microsoft Graph is reached; the secret stays sealed here. */
@Injectable()
export class GraphConnectionRepository {
  constructor(
    private readonly database: Database,
    private readonly tenantDatabase: TenantDatabase,
  ) {}

  async find(scope: TenantScope): Promise<GraphConnectionRow | undefined> {
    const [row] = await this.tenantDatabase.query<GraphConnectionRow>(
      scope,
      `SELECT ${COLUMNS} FROM graph_connections WHERE tenant_id = $1`,
    );
    return row;
  }

  /** Connects a tenant, or replaces its connection; the verdict of the one before goes. */
  async save(tenantId: string, connection: NewGraphConnection): Promise<void> {
    const { clientId, kind, sealedSecret, environmentVariable, certificate, setBy } = connection;
    await this.database.query(
      `INSERT INTO graph_connections AS c (tenant_id, client_id, kind, sealed_secret, environment_variable,
         certificate_thumbprint, certificate_expires_at, set_by, set_by_name)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (tenant_id) DO UPDATE
         SET client_id = excluded.client_id, kind = excluded.kind, sealed_secret = excluded.sealed_secret,
             environment_variable = excluded.environment_variable,
             certificate_thumbprint = excluded.certificate_thumbprint,
             certificate_expires_at = excluded.certificate_expires_at, set_by = excluded.set_by,
             set_by_name = excluded.set_by_name, updated_at = now(), revision = c.revision + 1, verdict_code = NULL,
             verdict_missing = NULL, verdict_aadsts = NULL, verdict_request_id = NULL, verdict_at = NULL`,
      [
        tenantId,
        clientId,
        kind,
        sealedSecret,
        environmentVariable,
        certificate?.thumbprint ?? null,
        certificate?.expiresAt ?? null,
        setBy.userId,
        setBy.name,
      ],
    );
  }

  /** The connection that was removed; undefined when there was none. */
  async remove(scope: TenantScope): Promise<Pick<GraphConnectionRow, 'clientId' | 'kind'> | undefined> {
    const [row] = await this.database.query<Pick<GraphConnectionRow, 'clientId' | 'kind'>>(
      `DELETE FROM graph_connections WHERE tenant_id = $1 RETURNING client_id AS "clientId", kind`,
      [scope.tenantId],
    );
    return row;
  }

  /** Notes that a test begins, unless the last one began less than `seconds` ago; then the answer is false. */
  async noteTest(scope: TenantScope, seconds: number): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE graph_connections SET test_started_at = now()
       WHERE tenant_id = $1 AND (test_started_at IS NULL OR test_started_at <= now() - make_interval(secs => $2))
       RETURNING 1 AS noted`,
      [scope.tenantId, seconds],
    );
    return rows.length > 0;
  }

  /** Puts the verdict down, unless the connection was changed since `revision`. */
  async noteVerdict(scope: TenantScope, revision: number, verdict: NewVerdict): Promise<void> {
    await this.database.query(
      `UPDATE graph_connections SET verdict_code = $3, verdict_missing = $4::text[], verdict_aadsts = $5,
         verdict_request_id = $6, verdict_at = now()
       WHERE tenant_id = $1 AND revision = $2`,
      [scope.tenantId, revision, verdict.code, verdict.missing, verdict.aadsts ?? null, verdict.requestId ?? null],
    );
  }
}
