import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { may, rolesWith, type Permission, type Role } from '#libs/access-model/src/permissions.js';
import { DelegatedTokens } from '../../../platform/access/delegated-tokens.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { TenancyFacade } from '../../tenancy/tenancy.facade.js';
import { LiveSearchFailed, LiveSearchUnavailable } from '../directory.errors.js';
import { LiveGroupSearch, type FoundGroups } from './live-group-search.js';

/** Who may search live: it serves the page of members and their roles. */
export const LIVE_SEARCH: Permission = 'members:write';

/** Whether the caller may search live now; `reason` and `message` say why not. */
export interface LiveSearchState {
  enabled: boolean;
  reason: string | null;
  message: string | null;
}

/** The live search as a caller meets it: with his own token for the tenant's directory, or disabled with a reason. */
@Injectable()
export class LiveSearchService {
  constructor(
    private readonly tokens: DelegatedTokens,
    private readonly tenancy: TenancyFacade,
    private readonly live: LiveGroupSearch,
  ) {}

  async state(scope: TenantScope, role: Role, request: Request): Promise<LiveSearchState> {
    if (!may(role, LIVE_SEARCH)) {
      const message = `Searching groups live needs the role ${rolesWith(LIVE_SEARCH)[0]}; use the group cache.`;
      return { enabled: false, reason: 'role_required', message };
    }
    const token = await this.tokens.forCaller(request, await this.tenancy.entraTenantId(scope));
    if (token.available) return { enabled: true, reason: null, message: null };
    return { enabled: false, reason: token.reason, message: token.message };
  }

  /** @throws LiveSearchUnavailable without a token, and what {@link LiveGroupSearch} refuses with */
  async search(scope: TenantScope, request: Request, text: string): Promise<FoundGroups> {
    const token = await this.tokens.forCaller(request, await this.tenancy.entraTenantId(scope));
    if (!token.available) throw new LiveSearchUnavailable(token.reason, token.message);
    const gone = new AbortController();
    const onClose = (): void => gone.abort(new LiveSearchFailed());
    // The request itself closes as soon as it was read; only its connection tells that the caller has left.
    request.socket.once('close', onClose);
    try {
      return await this.live.search(token.accessToken, text, gone.signal);
    } finally {
      request.socket.off('close', onClose);
    }
  }
}
