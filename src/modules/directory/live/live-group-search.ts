import { Inject, Injectable } from '@nestjs/common';
import { createGraphClient, type GraphClient, type GraphObject } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { GraphObservation } from '../../../platform/telemetry/graph-observation.js';
import { LiveSearchFailed, LiveSearchForbidden, LiveSearchSignInEnded } from '../directory.errors.js';
import { mergeGroups } from '../sync/merge-groups.js';
import { groupEntry } from '../sync/group-entry.js';
import type { CachedGroup } from '../group.js';

/** A person waits for the answer: one retry, and an end after ten seconds. */
const IMPATIENT = { maxAttempts: 2, callBudgetMs: 10_000, attemptTimeoutMs: 5_000, backoffBaseMs: 500 };

/** No more than the least permission that lists groups lets one read. */
const SHOWN_FIELDS = 'id,displayName,description,mail,groupTypes,securityEnabled,mailEnabled,onPremisesSyncEnabled';

/** Groups of one answer; who looks for more writes more of the name. */
const MOST_FOUND = 20;

export interface FoundGroups {
  groups: CachedGroup[];
  /** Whether Graph has more than these. */
  more: boolean;
}

/** Asks Microsoft Graph for groups with the caller's own token. Nothing of the answer is kept. */
@Injectable()
export class LiveGroupSearch {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly observer: GraphObservation,
  ) {}

  /**
   * Groups whose name or mail has words that begin with `text`, 20 at most.
   * @throws LiveSearchSignInEnded, LiveSearchForbidden, LiveSearchFailed
   */
  async search(accessToken: string, text: string, signal: AbortSignal): Promise<FoundGroups> {
    try {
      // `$search` needs the header (`aad-advanced-queries.md`).
      const answer = await this.client(accessToken).get('/v1.0/groups', {
        query: { $search: searchOf(text), $select: SHOWN_FIELDS, $top: String(MOST_FOUND) },
        headers: { ConsistencyLevel: 'eventual' },
        signal,
      });
      return found(answer);
    } catch (error) {
      throw error instanceof GraphFailure ? refusalOf(error) : error;
    }
  }

  private client(accessToken: string): GraphClient {
    return createGraphClient({
      graphOrigin: this.settings.graph.graphOrigin,
      tokens: { token: () => Promise.resolve(accessToken) },
      limits: IMPATIENT,
      observer: this.observer,
    });
  }
}

/** In double quotes, where a quote and a backslash are escaped (`search-query-parameter.md`). */
function searchOf(text: string): string {
  const quoted = text.replace(/["\\]/g, '\\$&');
  return `"displayName:${quoted}" OR "mail:${quoted}"`;
}

function found(answer: GraphObject): FoundGroups {
  const { value } = answer;
  if (!Array.isArray(value)) throw new LiveSearchFailed();
  const entries = (value as GraphObject[]).map((object) => groupEntry(object));
  const { write } = mergeGroups(new Map(), entries);
  return {
    groups: write.slice(0, MOST_FOUND),
    more: write.length > MOST_FOUND || typeof answer['@odata.nextLink'] === 'string',
  };
}

function refusalOf(failure: GraphFailure): Error {
  switch (failure.code) {
    case 'graph.unauthorized':
      return new LiveSearchSignInEnded();
    case 'graph.forbidden':
      return new LiveSearchForbidden();
    case 'graph.throttled':
    case 'graph.not_found':
    case 'graph.bad_request':
    case 'graph.unavailable':
    case 'graph.protocol':
      return new LiveSearchFailed();
  }
}
