import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { POLICY_TYPES } from '#libs/graph-client/src/catalogue/policy-types.js';
import { hashOf } from '../policy/json.js';

/** What a caller asks for; everything left out means everything that is supported. */
export interface AskedSelection {
  policyTypes?: readonly string[];
  categories?: readonly string[];
  includeFoundations?: boolean;
  includeDependencies?: boolean;
}

/** A selection with its defaults and in one order. Null means all; both lists given means what is in either. */
export interface Selection {
  policyTypes: readonly string[] | null;
  categories: readonly string[] | null;
  includeFoundations: boolean;
  includeDependencies: boolean;
}

export function normaliseSelection(asked: AskedSelection = {}): Selection {
  return {
    policyTypes: sorted(asked.policyTypes),
    categories: sorted(asked.categories),
    includeFoundations: asked.includeFoundations ?? true,
    includeDependencies: asked.includeDependencies ?? true,
  };
}

/**
 * Names the scope that sync runs are compared in: sha-256, in hex, over what was asked for. It is not taken over the
 * types that this version supports, so a new version's new type does not end the history of "everything".
 */
export function scopeKeyOf(selection: Selection): string {
  return hashOf({ v: 1, selection });
}

/**
 * The types that the selection means, in the catalogue's order: those named; foundations, if included; and what those
 * named refer to, if included. None when it names nothing that this version knows.
 */
export function typesOf({ policyTypes, categories, includeFoundations, includeDependencies }: Selection): PolicyType[] {
  const everything = !policyTypes && !categories;
  const named = POLICY_TYPES.filter(({ key, category, kind }) =>
    everything
      ? includeFoundations || kind === 'policy'
      : (policyTypes?.includes(key) ?? false) || (categories?.includes(category) ?? false),
  );
  if (everything || named.length === 0) return named;
  const referredTo = new Set(named.flatMap(({ references }) => references?.map(({ to }) => to) ?? []));
  return POLICY_TYPES.filter(
    (type) =>
      named.includes(type) ||
      (includeFoundations && type.kind === 'foundation') ||
      (includeDependencies && referredTo.has(type.key)),
  );
}

/** Names of the selection that mean nothing here. */
export function unknownNames({ policyTypes, categories }: Selection): { policyTypes: string[]; categories: string[] } {
  const keys = new Set<string>(POLICY_TYPES.map(({ key }) => key));
  const known = new Set(POLICY_TYPES.map(({ category }) => category));
  return {
    policyTypes: policyTypes?.filter((key) => !keys.has(key)) ?? [],
    categories: categories?.filter((category) => !known.has(category)) ?? [],
  };
}

function sorted(names: readonly string[] | undefined): readonly string[] | null {
  return names && names.length > 0 ? [...new Set(names)].sort() : null;
}
