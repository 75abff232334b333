import { createHash } from 'node:crypto';
import { spreadOf } from '../runs/report/statistics.mjs';
import { normalisePolicy, POLICY_TYPES } from './modules.mjs';

const ROUNDS = 41;

/**
 * Normalising and hashing policies from their bytes, against the least that could be done with them: parsing the JSON and
 * hashing the bytes. Interleaved, in megabytes per second.
 * @param {readonly { collection: string, body: any }[]} objects
 */
export function measureNormalising(objects) {
  const type = POLICY_TYPES.find(({ key }) => key === 'settingsCatalog');
  if (type === undefined) throw new Error('There is no settings catalog in the catalogue.');
  const texts = objects
    .filter(({ collection }) => collection === 'configurationPolicies')
    .map(({ body }) => JSON.stringify(body));
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 2 ** 20;
  const bare = () => {
    for (const text of texts) {
      JSON.parse(text);
      createHash('sha256').update(text).digest('hex');
    }
  };
  const ours = () => {
    for (const text of texts) {
      const { assignments = [], ...object } = JSON.parse(text);
      normalisePolicy(type, { externalId: object.id, object, assignments });
    }
  };
  /** @type {{ bare: number[], ours: number[] }} */
  const rates = { bare: [], ours: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, work] of /** @type {const} */ ([
      ['bare', bare],
      ['ours', ours],
    ])) {
      const begin = performance.now();
      work();
      rates[name].push(megabytes / ((performance.now() - begin) / 1000));
    }
  }
  return { megabytes, policies: texts.length, bare: spreadOf(rates.bare).median, ours: spreadOf(rates.ours).median };
}
