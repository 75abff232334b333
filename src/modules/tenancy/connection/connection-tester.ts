import { Inject, Injectable } from '@nestjs/common';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import { leastPermissions, permissionNeeds } from '#libs/graph-client/src/connection/permission-needs.js';
import { probeConnection } from '#libs/graph-client/src/connection/probe-connection.js';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import type { GraphConnectionRow } from '../data/graph-connection.repository.js';
import { CredentialUnusable } from '../tenancy.errors.js';
import { CredentialVault } from './credential-vault.js';
import type { VerdictCode } from './verdict.js';

/** Who asked waits for it. */
const DEADLINE_MS = 20_000;

const NEEDS = permissionNeeds(POLICY_TYPES);

/** The least application permissions that reading everything takes. */
export const PERMISSIONS_NEEDED: readonly string[] = leastPermissions(NEEDS);

export interface FoundVerdict {
  code: VerdictCode;
  missing: readonly string[];
  aadsts?: string;
  requestId?: string;
}

/** Tries a stored connection against the login and Microsoft Graph. */
@Injectable()
export class ConnectionTester {
  constructor(
    private readonly vault: CredentialVault,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async test(tenantId: string, entraTenantId: string, row: GraphConnectionRow): Promise<FoundVerdict> {
    if (
      row.certificateExpiresAt !== null &&
      row.certificateExpiresAt <= new Date() &&
      row.environmentVariable === null
    ) {
      return { code: 'certificate_expired', missing: [] };
    }
    const { graphOrigin, loginOrigin, loginAuthority } = this.settings.graph;
    try {
      const credential = this.vault.open(tenantId, row);
      return await probeConnection({
        login: { entraTenantId, clientId: row.clientId, ...credential, loginOrigin, loginAuthority },
        graphOrigin,
        needs: NEEDS,
        deadlineMs: DEADLINE_MS,
      });
    } catch (error) {
      if (error instanceof CredentialUnusable) return { code: error.verdict, missing: [] };
      throw error;
    }
  }
}
