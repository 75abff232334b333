import { Injectable } from '@nestjs/common';
import type { Role } from '#libs/access-model/src/permissions.js';
import { SYSTEM } from '../../platform/context/actor.js';
import { Database } from '../../platform/database/database.js';
import { CredentialVault } from './connection/credential-vault.js';
import { GraphConnectionRepository } from './data/graph-connection.repository.js';
import { TenantRepository } from './data/tenant.repository.js';
import { UserRepository } from './data/user.repository.js';
import { hashPassword, passwordMatches } from './password.js';

/** A tenant as it shall be. */
export interface TenantSpec {
  name: string;
  /** uuid of the Microsoft Entra tenant; names the tenant when it is provisioned again */
  entraTenantId: string;
  graph?: { clientId: string; clientSecret: string };
  members: readonly { email: string; name: string; password: string; role: Role }[];
}

export interface ProvisionedTenant {
  tenantId: string;
  /** by e-mail, as given */
  userIds: Record<string, string>;
}

/**
 * Makes tenants and users without a signed-in caller: for the one-machine starter and tests. It may run again: what is
 * there already comes to agree with the spec, and what the spec does not name stays.
 */
@Injectable()
export class TenantProvisioning {
  constructor(
    private readonly database: Database,
    private readonly tenants: TenantRepository,
    private readonly users: UserRepository,
    private readonly connections: GraphConnectionRepository,
    private readonly vault: CredentialVault,
  ) {}

  /** All or nothing. */
  provision(spec: TenantSpec): Promise<ProvisionedTenant> {
    return this.database.transaction(async () => {
      const tenantId = await this.tenants.ensure(spec.name, spec.entraTenantId);
      if (spec.graph) await this.connect(tenantId, spec.graph);
      const userIds: Record<string, string> = {};
      for (const member of spec.members) {
        userIds[member.email] = await this.ensureMember(tenantId, member);
      }
      return { tenantId, userIds };
    });
  }

  private async ensureMember(tenantId: string, member: TenantSpec['members'][number]): Promise<string> {
    const user = await this.users.ensure(member.email, member.name);
    if (!(await passwordMatches(user.passwordHash, member.password))) {
      await this.users.setPasswordHash(user.id, await hashPassword(member.password));
    }
    await this.tenants.ensureMembership(tenantId, user.id, member.role);
    return user.id;
  }

  private async connect(tenantId: string, graph: { clientId: string; clientSecret: string }): Promise<void> {
    await this.connections.save(tenantId, {
      clientId: graph.clientId,
      kind: 'secret',
      sealedSecret: this.vault.seal(tenantId, { clientSecret: graph.clientSecret }),
      environmentVariable: null,
      certificate: null,
      setBy: { userId: null, name: SYSTEM.name },
    });
  }
}
