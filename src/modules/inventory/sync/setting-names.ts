import { typesIn } from '#libs/graph-client/src/catalogue/policy-types.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { SettingNameRepository } from '../data/setting-name.repository.js';
import type { SettingDefinition } from '../policy/setting-definitions.js';
import type { ListedObject } from './object-reading.js';

/** What a reading asks and tells of names of settings. */
export interface SettingNames {
  /** Of these objects of one collection, those that are new here: their settings may need any name. */
  firstSeen(listed: readonly ListedObject[]): Promise<ReadonlySet<string>>;
  knows(definitionId: string): boolean;
  learn(definitions: readonly SettingDefinition[]): Promise<void>;
}

/** Asks for no names. */
export const NAMELESS: SettingNames = Object.freeze({
  firstSeen: () => Promise.resolve(new Set<string>()),
  knows: () => true,
  learn: () => Promise.resolve(),
});

/** Names of settings during one sync of one tenant. */
export class CachedSettingNames implements SettingNames {
  private constructor(
    private readonly repository: SettingNameRepository,
    private readonly scope: TenantScope,
    private readonly known: Set<string>,
  ) {}

  static async open(repository: SettingNameRepository, scope: TenantScope): Promise<CachedSettingNames> {
    return new CachedSettingNames(repository, scope, await repository.ids(scope));
  }

  async firstSeen(listed: readonly ListedObject[]): Promise<ReadonlySet<string>> {
    const [first] = listed;
    if (!first) return new Set();
    const ids = listed.map(({ externalId }) => externalId);
    const types = typesIn(first.type.collection).map(({ key }) => key);
    const stored = await this.repository.storedAmong(this.scope, types, ids);
    return new Set(ids.filter((id) => !stored.has(id)));
  }

  knows(definitionId: string): boolean {
    return this.known.has(definitionId);
  }

  async learn(definitions: readonly SettingDefinition[]): Promise<void> {
    const unknown = definitions.filter(({ id }) => !this.known.has(id));
    for (const { id } of unknown) this.known.add(id);
    await this.repository.add(this.scope, unknown);
  }
}
