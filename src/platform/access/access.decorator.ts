import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Permission, Role } from '#libs/access-model/src/permissions.js';
import type { Actor } from '../context/actor.js';
import type { TenantScope } from '../database/tenant-scope.js';

export const ACCESS = Symbol('access');

/** `public`: no session. `signed-in`: any user. Otherwise the permission, in the tenant named by `:tenantId`. */
export type AccessRule = { kind: 'public' } | { kind: 'signed-in' } | { kind: 'member'; permission: Permission };

interface AccessDecorator {
  (permission: Permission): MethodDecorator & ClassDecorator;
  public(): MethodDecorator & ClassDecorator;
  signedIn(): MethodDecorator & ClassDecorator;
}

/** Declares who may call a handler. A handler without a declaration stops the boot. */
export const Access: AccessDecorator = Object.assign(
  (permission: Permission) => SetMetadata<symbol, AccessRule>(ACCESS, { kind: 'member', permission }),
  {
    public: () => SetMetadata<symbol, AccessRule>(ACCESS, { kind: 'public' }),
    signedIn: () => SetMetadata<symbol, AccessRule>(ACCESS, { kind: 'signed-in' }),
  },
);

/** The signed-in user, as the session or an API token names them. */
export interface Principal {
  userId: string;
  name: string;
  email: string;
}

/** The caller's membership in the tenant of the URL, put on the request by the access guard. */
export interface MemberAccess {
  scope: TenantScope;
  role: Role;
}

export interface AccessRequest {
  user?: Principal;
  memberAccess?: MemberAccess;
}

function missing(what: string): never {
  throw new Error(`${what} is not there: the handler's @Access does not ask for it.`);
}

const requestOf = (context: ExecutionContext): AccessRequest => context.switchToHttp().getRequest<AccessRequest>();

/** The tenant of the URL, as a scope; only on handlers with a tenant permission. */
export const Scope = createParamDecorator(
  (_: unknown, context: ExecutionContext): TenantScope => requestOf(context).memberAccess?.scope ?? missing('A scope'),
);

/** The caller as an actor; only on handlers that need a session. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const user = requestOf(context).user ?? missing('A user');
  return { kind: 'user', userId: user.userId, name: user.name };
});

/** The caller; only on handlers that need a session. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal => requestOf(context).user ?? missing('A user'),
);

/** The caller's role in the tenant of the URL; only on handlers with a tenant permission. */
export const CurrentRole = createParamDecorator(
  (_: unknown, context: ExecutionContext): Role => requestOf(context).memberAccess?.role ?? missing('A role'),
);
