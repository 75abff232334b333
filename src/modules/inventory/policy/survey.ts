import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { isStorableText } from './json.js';
import { judgeName, REFERENCE } from './secret-names.js';

/** What one walk through an object as Graph gave it tells, so that what it seldom needs is not done for every policy. */
export interface Survey {
  /** Whether PostgreSQL can hold every text of it in jsonb. */
  isStorable: boolean;
  /** False: there is nothing to mask in it. */
  mayHoldSecrets: boolean;
}

/** Looks at every name and text of an object of this type. */
export function surveyOf(type: PolicyType, object: object): Survey {
  const holders = holdersOf(type);
  const survey = { isStorable: true, mayHoldSecrets: holders === 'any' };
  look(object, holders === 'any' ? NONE : holders, survey);
  return survey;
}

const NONE: ReadonlySet<unknown> = new Set();

function look(value: unknown, holders: ReadonlySet<unknown>, survey: Survey): void {
  if (typeof value === 'string') {
    if (!isStorableText(value)) survey.isStorable = false;
  } else if (Array.isArray(value)) {
    for (const element of value as unknown[]) look(element, holders, survey);
  } else if (typeof value === 'object' && value !== null) {
    lookInside(value as Record<string, unknown>, holders, survey);
  }
}

function lookInside(object: Record<string, unknown>, holders: ReadonlySet<unknown>, survey: Survey): void {
  for (const key in object) {
    const value = object[key];
    const verdict = judgeName(key);
    if (verdict === 'unstorable') survey.isStorable = false;
    else if (verdict === 'secret' || key === REFERENCE || (key === '@odata.type' && holders.has(value))) {
      survey.mayHoldSecrets = true;
    }
    look(value, holders, survey);
  }
}

const known = new WeakMap<PolicyType, ReadonlySet<unknown> | 'any'>();

/** The `@odata.type`s of the objects that hold this type's secrets; `any` where a secret path names none. */
function holdersOf(type: PolicyType): ReadonlySet<unknown> | 'any' {
  let holders = known.get(type);
  if (holders === undefined) {
    const types = type.secretPaths.map((path) => /\{([^}]*)\}/.exec(path)?.[1]);
    holders = types.includes(undefined) ? 'any' : new Set(types);
    known.set(type, holders);
  }
  return holders;
}
