import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import { everyObject, hashOf, type JsonObject } from './json.js';
import { namesSecret, REFERENCE } from './secret-names.js';
import { visitPath } from './secret-path.js';

/** Stands wherever a secret was; nothing about the secret can be told from it. */
export const SECRET = '«secret»';

export interface MaskedPolicy {
  /** The object that was given, without any secret. */
  object: JsonObject;
  /** How many values were masked, by Graph (`****`) or here. */
  secretsMasked: number;
}

/** Graph's own masks: of OMA texts, and of OMA base64 values (jseerden/IntuneBackupAndRestore#39). */
const GRAPH_MASKS = new Set(['****', 'PGEvPg==', '<a/>']);

/**
 * Masks, in the object itself, what may be a secret before anything is stored. An OMA value is one only when it is encrypted or masked by
 * Graph. A mobileconfig (`payload`) may embed secrets, so its text is replaced by its digest: changes still show.
 */
export function maskSecrets(type: PolicyType, object: JsonObject): MaskedPolicy {
  let secretsMasked = 0;
  const mask = (holder: JsonObject, key: string, value: string = SECRET): void => {
    holder[key] = value;
    secretsMasked += 1;
  };
  for (const path of type.secretPaths) {
    visitPath(object, path, (holder, key) => {
      const value = holder[key];
      if (value === null || value === '') return;
      if (path.startsWith('omaSettings')) return maskOma(holder, key, mask);
      mask(holder, key, key === 'payload' ? `${SECRET} sha256 ${hashOf(value)}` : SECRET);
    });
  }
  for (const holder of everyObject(object)) {
    if (REFERENCE in holder) delete holder[REFERENCE];
    for (const key in holder) {
      const value = holder[key];
      if (typeof value === 'string' && value !== '' && value !== SECRET && namesSecret(key)) mask(holder, key);
    }
  }
  return { object, secretsMasked };
}

function maskOma(setting: JsonObject, key: string, mask: (holder: JsonObject, key: string) => void): void {
  const value = setting[key];
  if (setting['isEncrypted'] === true || (typeof value === 'string' && GRAPH_MASKS.has(value))) mask(setting, key);
}
