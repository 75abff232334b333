import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../../platform/database/tenant-scope.js';
import { ageInWords, cacheHelperText } from './cache-age.js';
import { CacheStateRepository } from './data/cache-state.repository.js';
import { GroupRepository, type GroupRow } from './data/group.repository.js';
import type { GroupKind } from './group.js';

/** A cached group as other modules see it. */
export interface DirectoryGroup {
  id: string;
  /** Null where Entra tells none. */
  displayName: string | null;
  mail: string | null;
  kinds: readonly GroupKind[];
  /** Whether it is in the directory no more, as far as the cache knows. */
  removed: boolean;
}

/** How old the cache is; null before the first sync that came to its end. */
export interface DirectoryAge {
  asOf: string | null;
  /** In words, such as "3 hours". */
  age: string | null;
  /** A sentence to stand beside every choice of a cached group. */
  helperText: string;
}

/** The door of the directory: the group cache, which no call here leaves. */
@Injectable()
export class DirectoryFacade {
  constructor(
    private readonly groups: GroupRepository,
    private readonly state: CacheStateRepository,
  ) {}

  /**
   * The groups of these ids by id, in lower case; removed ones keep their last name. Ids that the cache does not know are
   * left out.
   */
  async groupsById(scope: TenantScope, ids: readonly string[]): Promise<Map<string, DirectoryGroup>> {
    const asked = [...new Set(ids.map((id) => id.toLowerCase()))];
    if (asked.length === 0) return new Map();
    const rows = await this.groups.named(scope, asked);
    return new Map(rows.map((row) => [row.id, groupOf(row)]));
  }

  /**
   * Groups that are in the directory, by name, `most` at most.
   * @param text a part of name or mail in any case, or a whole id
   */
  async search(scope: TenantScope, text: string, most: number): Promise<DirectoryGroup[]> {
    const rows = await this.groups.page(scope, { text, includeRemoved: false }, undefined, most);
    return rows.map(groupOf);
  }

  async age(scope: TenantScope): Promise<DirectoryAge> {
    const { as_of: asOf, age_seconds: age } = await this.state.read(scope);
    return {
      asOf: asOf?.toISOString() ?? null,
      age: age === null ? null : ageInWords(age),
      helperText: cacheHelperText(age),
    };
  }
}

function groupOf({ id, display_name, mail, kinds, removed_at }: GroupRow): DirectoryGroup {
  return { id, displayName: display_name, mail, kinds, removed: removed_at !== null };
}
