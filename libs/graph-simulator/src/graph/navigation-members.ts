import { bodiesOf, isBody, textOf, type GraphBody } from '../store/graph-body.js';
import type { TenantStore } from '../store/tenant-store.js';
import { collectionOf, type CollectionKey, type Navigation } from './collections.js';
import { definitionsOfSetting } from './setting-definitions.js';

/** The members of a relation, from the object itself or from wherever the relation says. At most one where it is to one object. */
export function membersOf(tenant: TenantStore, navigation: Navigation, owner: GraphBody): GraphBody[] {
  const { source, name } = navigation;
  if (source === undefined) return held(owner, name);
  switch (source.kind) {
    case 'reference':
      return held(owner, name).flatMap((stored) => referred(tenant, source.collection, stored));
    case 'back-reference':
      return tenant
        .list(source.collection)
        .filter((object) => held(object.body, source.by).some((entry) => textOf(entry, 'id') === textOf(owner, 'id')))
        .map((object) => ({
          '@odata.type': source.odataType,
          ...bare(source.collection, object.body, source.without),
        }));
    case 'mentioned-by': {
      const id = textOf(owner, 'id') ?? '';
      return tenant
        .list(source.collection)
        .filter((object) => JSON.stringify(object.body.settings ?? []).includes(id))
        .map((object) => bare(source.collection, object.body, []));
    }
    case 'setting-definitions':
      return definitionsOfSetting(tenant, owner);
  }
}

function held(owner: GraphBody, name: string): GraphBody[] {
  const value = owner[name];
  return isBody(value) ? [value] : bodiesOf(owner, name);
}

/** What is not in the collection is shown as it is held; a bare id of something that is gone leads nowhere. */
function referred(tenant: TenantStore, collection: CollectionKey, stored: GraphBody): GraphBody[] {
  const target = tenant.policy(textOf(stored, 'id') ?? '');
  if (target?.collection === collection) return [bare(collection, target.body, [])];
  return Object.keys(stored).some((key) => key !== 'id') ? [stored] : [];
}

function bare(collection: CollectionKey, body: GraphBody, without: readonly string[]): GraphBody {
  const { navigation, polymorphic } = collectionOf(collection);
  const hidden = new Set([...navigation.map(({ name }) => name), ...without, ...(polymorphic ? [] : ['@odata.type'])]);
  return Object.fromEntries(Object.entries(body).filter(([key]) => !hidden.has(key)));
}
