import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../platform/audit/audit-trail.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { GraphConnectionRepository } from '../data/graph-connection.repository.js';
import { TenantRepository } from '../data/tenant.repository.js';
import { ConnectionTestTooSoon, GraphNotConnected } from '../tenancy.errors.js';
import { connectionEntry } from './connection-entry.js';
import { ConnectionTester } from './connection-tester.js';
import { verdictView, type VerdictView } from './connection-view.js';

/** Between two tests of one tenant: enough to try things out, too few to guess secrets or to be a nuisance. */
const TEST_SECONDS = 10;

/** Tests of a tenant's connection by its owners. */
@Injectable()
export class ConnectionTestService {
  constructor(
    private readonly tenants: TenantRepository,
    private readonly connections: GraphConnectionRepository,
    private readonly tester: ConnectionTester,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Tries the connection out and keeps the verdict with it, unless it was replaced meanwhile.
   * @throws GraphNotConnected when there is none; ConnectionTestTooSoon
   */
  async test(scope: TenantScope, actor: Actor): Promise<VerdictView> {
    const [tenant, row] = await Promise.all([this.tenants.find(scope), this.connections.find(scope)]);
    if (tenant === undefined || row === undefined) throw new GraphNotConnected();
    if (!(await this.connections.noteTest(scope, TEST_SECONDS))) throw new ConnectionTestTooSoon(TEST_SECONDS);
    await this.audit.append(scope, actor, connectionEntry(scope, 'test', row));
    const verdict = await this.tester.test(scope.tenantId, tenant.entraTenantId, row);
    await this.connections.noteVerdict(scope, row.revision, verdict);
    return verdictView({ ...verdict, at: new Date() });
  }
}
