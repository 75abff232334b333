import { describe, expect, it } from '@jest/globals';
import { policyType } from '#libs/graph-client/src/catalogue/policy-types.js';
import { normalisePolicy } from './canonical-policy.js';
import { comparePolicies } from './compare-policies.js';
import type { JsonObject } from './json.js';

const SECRET_TEXT = 'hunter2-plain';

function normalised(key: string, object: JsonObject, settings?: unknown[]) {
  const type = policyType(key);
  if (!type) throw new Error(`No type ${key}.`);
  return normalisePolicy(type, {
    externalId: '1',
    object: settings ? { ...object, settings } : object,
    assignments: [],
  });
}

const secretSetting = (value: string, valueState: string): JsonObject => ({
  settingInstance: {
    '@odata.type': '#microsoft.graph.deviceManagementConfigurationGroupSettingCollectionInstance',
    settingDefinitionId: 'group',
    groupSettingCollectionValue: [
      {
        children: [
          {
            settingDefinitionId: 'secret',
            simpleSettingValue: {
              '@odata.type': '#microsoft.graph.deviceManagementConfigurationSecretSettingValue',
              value,
              valueState,
            },
          },
        ],
      },
    ],
  },
});

describe('masking', () => {
  it('stores nothing of a secret setting but its state', () => {
    const one = normalised('settingsCatalog', { name: 'A' }, [secretSetting(SECRET_TEXT, 'notEncrypted')]);
    expect(JSON.stringify(one)).not.toContain(SECRET_TEXT);
    expect(one.secretsMasked).toBe(1);
    const two = normalised('settingsCatalog', { name: 'A' }, [secretSetting('other', 'encryptedValueToken')]);
    const [change] = comparePolicies(one.content, two.content);
    expect(change).toMatchObject({ settingDefinitionId: 'group', change: 'changed' });
    expect(JSON.stringify(change)).toContain('«secret»');
    expect(JSON.stringify(change)).not.toContain('other');
  });

  it('masks OMA values that are encrypted or masked, and no others', () => {
    const oma = (setting: JsonObject): JsonObject => ({ displayName: 'OMA', omaSettings: [setting] });
    const masked = normalised(
      'deviceConfiguration',
      oma({ isEncrypted: true, value: SECRET_TEXT, secretReferenceValueId: 'r1' }),
    );
    expect(JSON.stringify(masked)).not.toContain(SECRET_TEXT);
    expect(masked.secretsMasked).toBe(1);
    const other = oma({ isEncrypted: true, value: '****', secretReferenceValueId: 'r2' });
    expect(normalised('deviceConfiguration', other).hashes).toEqual(masked.hashes);
    const plain = normalised('deviceConfiguration', oma({ isEncrypted: false, value: 'visible' }));
    expect(JSON.stringify(plain.content)).toContain('visible');
    expect(plain.secretsMasked).toBe(0);
  });

  it.each(['preSharedKey', 'sharedSecret', 'proxyPassword', 'privateKey'])(
    'masks the text of %s at any depth',
    (key) => {
      const { content, raw, secretsMasked } = normalised('deviceConfiguration', {
        displayName: 'Wi-Fi',
        nested: [{ [key]: SECRET_TEXT, passwordRequired: true, passwordRequiredType: 'numeric' }],
      });
      expect(JSON.stringify([content, raw])).not.toContain(SECRET_TEXT);
      expect(JSON.stringify(content)).toContain('numeric');
      expect(secretsMasked).toBe(1);
    },
  );

  it('keeps of a mobileconfig that it changed, but not what it says', () => {
    const payload = (text: string) => normalised('deviceConfiguration', { displayName: 'Mac', payload: text });
    const [one, two] = [payload('PHBsaXN0Pg=='), payload('PHBsaXN0Pi4=')];
    expect(JSON.stringify(one)).not.toContain('PHBsaXN0Pg==');
    expect(comparePolicies(one.content, two.content)).toMatchObject([{ path: 'payload', change: 'changed' }]);
    expect(payload('PHBsaXN0Pg==').hashes).toEqual(one.hashes);
  });
});
