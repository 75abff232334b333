import { Global, Module } from '@nestjs/common';
import { MembershipLookup } from '../../platform/access/membership-lookup.js';
import { RequestAuthentication } from '../../platform/access/request-authentication.js';
import { AuditModule } from '../../platform/audit/audit.module.js';
import { AccountAudit } from './account-audit.js';
import { ApiTokenService } from './api-token.service.js';
import { ApiTokenRepository } from './data/api-token.repository.js';
import { TenantRepository } from './data/tenant.repository.js';
import { AuthController } from './http/auth.controller.js';
import { MeController } from './http/me.controller.js';
import { PassportAuthentication } from './http/passport-authentication.js';
import { TenantsController } from './http/tenants.controller.js';
import { DEFAULT_SIGN_IN_LIMITS, SIGN_IN_LIMITS, SignInThrottle } from './sign-in-throttle.js';
import { SignInService } from './sign-in.service.js';
import { TenancyModule } from './tenancy.module.js';
import { TenancyService } from './tenancy.service.js';

/** Signing in, the caller's own things and tenants over HTTP. Global, because it answers the platform's access guard. */
@Global()
@Module({
  imports: [TenancyModule, AuditModule],
  controllers: [AuthController, MeController, TenantsController],
  providers: [
    TenancyService,
    AccountAudit,
    SignInService,
    SignInThrottle,
    ApiTokenService,
    ApiTokenRepository,
    PassportAuthentication,
    { provide: SIGN_IN_LIMITS, useValue: DEFAULT_SIGN_IN_LIMITS },
    { provide: RequestAuthentication, useExisting: PassportAuthentication },
    { provide: MembershipLookup, useExisting: TenantRepository },
  ],
  exports: [RequestAuthentication, MembershipLookup],
})
export class TenancyHttpModule {}
