import { collectionOf } from '../graph/collections.js';
import { graphTime } from '../store/graph-time.js';
import { stableGuid } from '../store/stable-id.js';
import { editedPolicies, nameFieldOf, nameOf, type Edit } from './edit.js';

const MARK = ' - Pilot';

/** Copies a policy under another name, for nobody yet. */
export const copyPolicy: Edit = ({ tenant, actor, dice, now, added }) => {
  const originals = editedPolicies(tenant).filter((policy) => !nameOf(policy).endsWith(MARK));
  if (originals.length === 0) return undefined;
  const original = dice.pick(originals);
  const at = graphTime(now);
  const id = stableGuid(`copy ${tenant.entraTenantId} ${original.id} ${dice.int(0, 1e9)}`);
  const body = {
    ...structuredClone(original.body),
    [nameFieldOf(original)]: nameOf(original) + MARK,
    id,
    assignments: [],
    createdDateTime: at,
    lastModifiedDateTime: at,
    ...(typeof original.body.version === 'number' ? { version: 1 } : {}),
  };
  tenant.write({ collection: collectionOf(original.collection).key, body }, actor);
  added.push(id);
  return `added "${nameOf(original)}${MARK}"`;
};

/** Removes the oldest policy that it copied: what the tenant came with stays. */
export const removeCopy: Edit = ({ tenant, actor, added }) => {
  const id = added.shift();
  const policy = id === undefined ? undefined : tenant.policy(id);
  if (policy === undefined) return undefined;
  const name = nameOf(policy);
  tenant.delete(policy.id, actor);
  return `removed "${name}"`;
};
