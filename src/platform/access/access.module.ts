import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessAudit } from './access-audit.js';
import { AccessGuard } from './access.guard.js';

/** Guards every handler of the API process. The tenancy module answers its `MembershipLookup`. */
@Module({
  imports: [DiscoveryModule],
  providers: [AccessAudit, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [AccessAudit],
})
export class AccessModule {}
