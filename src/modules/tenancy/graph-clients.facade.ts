import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { createGraphClient, type GraphClient } from '#libs/graph-client/src/graph-client.js';
import { createMsalTokenSource } from '#libs/graph-client/src/token-source.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { GraphObservation } from '../../platform/telemetry/graph-observation.js';
import { KeptGraphClients } from './kept-graph-clients.js';
import { TenancyFacade } from './tenancy.facade.js';

/** Where a tenant's Graph client comes from. */
export abstract class GraphClients {
  /** @throws DomainError `graph.not_connected` for a tenant without a connection */
  abstract forTenant(scope: TenantScope): Promise<GraphClient>;
}

/**
 * One client for each directory and app, kept for as long as it is used, so that all work of a tenant shares its request
 * budgets and its token. A new credential makes a new client on the same budgets.
 */
@Injectable()
export class TenancyGraphClients extends GraphClients {
  private readonly kept = new KeptGraphClients();

  constructor(
    private readonly tenancy: TenancyFacade,
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly observer: GraphObservation,
  ) {
    super();
  }

  override async forTenant(scope: TenantScope): Promise<GraphClient> {
    const connection = await this.tenancy.graphConnection(scope);
    const { graphOrigin, loginOrigin, loginAuthority } = this.settings.graph;
    const key = JSON.stringify([connection.entraTenantId, connection.clientId]);
    const credential = connection.clientSecret ?? JSON.stringify(connection.certificate);
    const credentialDigest = createHash('sha256').update(credential).digest('hex');
    return this.kept.of(key, credentialDigest, (budgets) => {
      const tokens = createMsalTokenSource({ ...connection, loginOrigin, loginAuthority });
      return createGraphClient({ graphOrigin, tokens, budgets, observer: this.observer });
    });
  }
}
