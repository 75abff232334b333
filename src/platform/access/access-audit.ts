import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { listAccess, type HandlerAccess } from './access-list.js';

/** Stops the boot when a handler does not say who may call it, or says something that cannot hold. */
@Injectable()
export class AccessAudit implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const faults = this.list().flatMap((entry) => faultsOf(entry).map((fault) => `${entry.handler}: ${fault}`));
    if (faults.length > 0) throw new Error(`The access rules are not sound.\n${faults.join('\n')}`);
  }

  list(): HandlerAccess[] {
    return listAccess(this.discovery, this.reflector);
  }
}

/** What is wrong with a handler's declaration, one sentence each. */
export function faultsOf({ method, path, rule }: HandlerAccess): string[] {
  if (rule === undefined) return [`${method} ${path} has no @Access(...); declare who may call it.`];
  if (rule.kind !== 'member') return [];
  const faults: string[] = [];
  if (!path.split('/').includes(':tenantId')) {
    faults.push(`${method} ${path} asks for ${rule.permission}, but its path has no :tenantId.`);
  }
  if (method !== 'GET' && rule.permission.endsWith(':read')) {
    faults.push(`${method} ${path} asks only for ${rule.permission}; what is not a GET needs more than reading.`);
  }
  return faults;
}
