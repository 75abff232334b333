import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, type DiscoveryService, type Reflector } from '@nestjs/core';
import { rolesWith, type Role } from '#libs/access-model/src/permissions.js';
import { ACCESS, type AccessRule } from './access.decorator.js';

/** One handler and who may call it. `path` is without the global prefix; `roles` is empty unless the rule is `member`. */
export interface HandlerAccess {
  handler: string;
  method: string;
  path: string;
  rule: AccessRule | undefined;
  roles: Role[];
}

/** Every HTTP handler of the application, sorted by path and method. */
export function listAccess(discovery: DiscoveryService, reflector: Reflector): HandlerAccess[] {
  return discovery
    .getControllers()
    .flatMap((wrapper) => (typeof wrapper.metatype === 'function' ? [wrapper.metatype as Type] : []))
    .flatMap((controller) => handlersOf(controller, reflector))
    .sort((a, b) => order(a.path, b.path) || order(a.method, b.method));
}

/** One line of the reviewed snapshot: `POST /tenants/:tenantId/inventory/sync inventory:sync Operator, Manager, Owner`. */
export function accessLine(entry: HandlerAccess): string {
  const what = entry.rule?.kind === 'member' ? `${entry.rule.permission} ${entry.roles.join(', ')}` : entry.rule?.kind;
  return `${entry.method} ${entry.path} ${what ?? 'undeclared'}`;
}

function handlersOf(controller: Type, reflector: Reflector): HandlerAccess[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const bases = pathsOf(controller);
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    if (typeof handler !== 'function') return [];
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const rule = reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, [handler as () => void, controller]);
    const roles = rule?.kind === 'member' ? rolesWith(rule.permission) : [];
    return bases.flatMap((base) =>
      pathsOf(handler).map((path) => ({
        handler: `${controller.name}.${name}`,
        method: RequestMethod[method],
        path: joined(base, path),
        rule,
        roles,
      })),
    );
  });
}

function pathsOf(target: object): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  return Array.isArray(path) ? path : [path ?? ''];
}

function joined(...parts: string[]): string {
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
