import { bodiesOf, isBody, textOf, type GraphBody, type JsonValue } from '../store/graph-body.js';
import { stableGuid } from '../store/stable-id.js';
import type { CollectionKey } from './collections.js';

const MASK = '****';
/** What Intune shows in the place of an encrypted value that is base64. */
const MASK_BASE64 = 'PGEvPg==';
const ENCRYPTED_TYPES = new Set(['omaSettingString', 'omaSettingStringXml', 'omaSettingBase64']);
const SECRET_VALUE = '#microsoft.graph.deviceManagementConfigurationSecretSettingValue';

/** The object without the OMA values that Intune keeps encrypted: a mask stands in their place. */
export function withMaskedSecrets(collection: CollectionKey, body: GraphBody): GraphBody {
  if (collection !== 'deviceConfigurations' || !bodiesOf(body, 'omaSettings').some(isEncrypted)) return body;
  const omaSettings = bodiesOf(body, 'omaSettings').map((setting) =>
    isEncrypted(setting) ? { ...setting, value: maskOf(setting) } : setting,
  );
  return { ...body, omaSettings };
}

/** The OMA value behind a reference, as `getOmaSettingPlainTextValue` tells it; undefined when there is none. */
export function plainOmaValue(body: GraphBody, reference: string): string | undefined {
  const setting = bodiesOf(body, 'omaSettings').find(
    (candidate) => textOf(candidate, 'secretReferenceValueId') === reference,
  );
  return setting === undefined ? undefined : textOf(setting, 'value');
}

/** OMA settings as Intune holds them after a write: text values get a new reference. */
export function encryptedOmaSettings(policyId: string, settings: readonly GraphBody[], seed: string): GraphBody[] {
  return settings.map((setting, index) => {
    const type = textOf(setting, '@odata.type')?.replace('#microsoft.graph.', '') ?? '';
    if (!ENCRYPTED_TYPES.has(type)) return setting;
    const reference = `${stableGuid(`tenant ${seed}`)}_${policyId}_${stableGuid(`${seed} ${index}`)}`;
    return { ...setting, isEncrypted: true, secretReferenceValueId: reference };
  });
}

/** Settings as the catalogue holds them: a secret's plain value has become a token that tells nothing. */
export function withSecretTokens(value: JsonValue, seed: string): JsonValue {
  if (Array.isArray(value)) return value.map((part, index) => withSecretTokens(part, `${seed}.${index}`));
  if (!isBody(value)) return value;
  if (value['@odata.type'] === SECRET_VALUE && value.valueState === 'notEncrypted')
    return { ...value, value: stableGuid(seed), valueState: 'encryptedValueToken' };
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withSecretTokens(part, `${seed}.${key}`)]),
  );
}

function isEncrypted(setting: GraphBody): boolean {
  return setting.isEncrypted === true;
}

function maskOf(setting: GraphBody): string {
  return textOf(setting, '@odata.type') === '#microsoft.graph.omaSettingBase64' ? MASK_BASE64 : MASK;
}
