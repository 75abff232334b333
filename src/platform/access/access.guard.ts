import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { may, rolesWith, type Permission, type Role } from '#libs/access-model/src/permissions.js';
import { currentContext } from '../context/request-context.js';
import { grantTenantScope } from '../database/tenant-scope.js';
import { AccessDenied, DomainError } from '../errors/domain-error.js';
import { isUuid } from '../http/parse-id.js';
import { ACCESS, type AccessRequest, type AccessRule, type Principal } from './access.decorator.js';
import { MembershipLookup } from './membership-lookup.js';

interface GuardedRequest extends AccessRequest {
  params: Record<string, unknown>;
}

/** Guards every handler: what is not declared is denied, and only a membership opens a tenant. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly memberships: MembershipLookup,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === undefined) throw new AccessDenied();
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    switch (rule.kind) {
      case 'public':
        return true;
      case 'signed-in':
        signedIn(request);
        return true;
      case 'member':
        await this.enterTenant(request, rule.permission);
        return true;
    }
  }

  private async enterTenant(request: GuardedRequest, permission: Permission): Promise<void> {
    const user = signedIn(request);
    const given = request.params['tenantId'];
    if (!isUuid(given)) throw new AccessDenied();
    const tenantId = given.toLowerCase();
    const role = await this.memberships.roleOf(user.userId, tenantId);
    if (role === undefined) throw new AccessDenied();
    if (!may(role, permission)) throw new RoleRequired(permission, role);
    request.memberAccess = { scope: grantTenantScope(tenantId), role };
    const current = currentContext();
    if (current) current.tenantId = tenantId;
  }
}

/** The caller is a member of the tenant, but his role may not do this. */
export class RoleRequired extends DomainError {
  constructor(permission: Permission, role: Role) {
    const weakest = rolesWith(permission)[0];
    super(
      'access.role_required',
      'forbidden',
      `This needs the role ${weakest} or a stronger one; yours in this tenant is ${role}. Ask an owner of the tenant.`,
      { body: { requiredRole: weakest, role } },
    );
  }
}

function signedIn(request: GuardedRequest): Principal {
  const user = request.user;
  if (user === undefined) throw new DomainError('auth.required', 'unauthenticated', 'Sign in first.');
  const current = currentContext();
  if (current) current.actor = { kind: 'user', userId: user.userId, name: user.name };
  return user;
}
