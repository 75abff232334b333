import { Global, Module } from '@nestjs/common';
import { DelegatedTokens } from '../../platform/access/delegated-tokens.js';
import { MembershipLookup } from '../../platform/access/membership-lookup.js';
import { RequestAuthentication } from '../../platform/access/request-authentication.js';
import { AuditModule } from '../../platform/audit/audit.module.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { CryptoModule } from '../../platform/crypto/crypto.module.js';
import { SealedColumns } from '../../platform/crypto/sealed-columns.js';
import { AccountService } from './account/account.service.js';
import { OwnPassword } from './account/own-password.js';
import { AccountAudit } from './account-audit.js';
import { ApiTokenService } from './api-token.service.js';
import { ConnectionTester } from './connection/connection-tester.js';
import { ConnectionTestService } from './connection/connection-test.service.js';
import { GraphConnectionService } from './connection/graph-connection.service.js';
import { ApiTokenRepository } from './data/api-token.repository.js';
import { IdentityRepository } from './data/identity.repository.js';
import { InvitationRepository } from './data/invitation.repository.js';
import { MemberRepository } from './data/member.repository.js';
import { SessionTokenRepository } from './data/session-token.repository.js';
import { SessionRepository } from './data/session.repository.js';
import { TenantRepository } from './data/tenant.repository.js';
import { EntraAccounts } from './entra/entra-accounts.js';
import { EntraDirectories } from './entra/entra-directories.js';
import { EntraSessions } from './entra/entra-sessions.js';
import { EntraSignInService } from './entra/entra-sign-in.service.js';
import { SESSION_TOKENS, SessionTokens } from './entra/session-tokens.js';
import { AccountController } from './http/account.controller.js';
import { AuthController } from './http/auth.controller.js';
import { EntraController } from './http/entra.controller.js';
import { GraphConnectionController } from './http/graph-connection.controller.js';
import { InvitationsController } from './http/invitations.controller.js';
import { MeController } from './http/me.controller.js';
import { MembersController } from './http/members.controller.js';
import { PassportAuthentication } from './http/passport-authentication.js';
import { TenantsController } from './http/tenants.controller.js';
import { InvitationAcceptanceService } from './members/invitation-acceptance.service.js';
import { InvitationJoining } from './members/invitation-joining.js';
import { InvitationMail } from './members/invitation-mail.js';
import { DEFAULT_INVITATION_LIMIT, INVITATION_LIMIT, InvitationThrottle } from './members/invitation-throttle.js';
import { InvitationsService } from './members/invitations.service.js';
import { MemberAddingService } from './members/member-adding.service.js';
import { MembersService } from './members/members.service.js';
import { DEFAULT_SIGN_IN_LIMITS, SIGN_IN_LIMITS, SignInThrottle } from './sign-in-throttle.js';
import { SignInService } from './sign-in.service.js';
import { TenancyModule } from './tenancy.module.js';
import { TenancyService } from './tenancy.service.js';

/** Signing in, the caller's own things and tenants over HTTP. Global, because it answers the platform's access guard. */
@Global()
@Module({
  imports: [TenancyModule, AuditModule, CryptoModule],
  controllers: [
    AuthController,
    EntraController,
    MeController,
    AccountController,
    TenantsController,
    MembersController,
    InvitationsController,
    GraphConnectionController,
  ],
  providers: [
    TenancyService,
    AccountAudit,
    SignInService,
    SignInThrottle,
    ApiTokenService,
    ApiTokenRepository,
    GraphConnectionService,
    ConnectionTester,
    ConnectionTestService,
    IdentityRepository,
    SessionTokenRepository,
    EntraDirectories,
    EntraAccounts,
    EntraSignInService,
    EntraSessions,
    SessionTokens,
    PassportAuthentication,
    AccountService,
    OwnPassword,
    SessionRepository,
    MembersService,
    MemberRepository,
    MemberAddingService,
    InvitationsService,
    InvitationRepository,
    InvitationThrottle,
    InvitationMail,
    InvitationJoining,
    InvitationAcceptanceService,
    Mailer,
    { provide: INVITATION_LIMIT, useValue: DEFAULT_INVITATION_LIMIT },
    { provide: SIGN_IN_LIMITS, useValue: DEFAULT_SIGN_IN_LIMITS },
    { provide: RequestAuthentication, useExisting: PassportAuthentication },
    { provide: MembershipLookup, useExisting: TenantRepository },
    { provide: DelegatedTokens, useExisting: SessionTokens },
  ],
  exports: [RequestAuthentication, MembershipLookup, DelegatedTokens],
})
export class TenancyHttpModule {
  constructor(columns: SealedColumns) {
    columns.add(SESSION_TOKENS);
  }
}
