import { createHash } from 'node:crypto';
import { generatedTenant } from './modules.mjs';

/** The enterprise tenant: about 2,350 objects. */
export const enterprise = () => generatedTenant('enterprise');

/**
 * The enterprise tenant's policies over and over, each time under new ids and names, until there are `policies` of them.
 * @param {number} policies
 */
export function tenantOf(policies) {
  const seed = enterprise();
  const repeated = seed.objects.filter(({ collection }) => REPEATED.has(collection));
  const others = seed.objects.length - repeated.length;
  const objects = seed.objects.filter(({ collection }) => !REPEATED.has(collection));
  for (let i = 0; objects.length < policies; i += 1) {
    const one = repeated[i % repeated.length];
    if (one === undefined) break;
    const round = Math.floor(i / repeated.length);
    objects.push(round === 0 ? one : copyOf(one, round));
  }
  return { ...seed, objects: objects.slice(0, Math.max(policies, others)) };
}

/** Kinds of which a tenant may have any number. */
const REPEATED = new Set([
  'configurationPolicies',
  'deviceConfigurations',
  'deviceCompliancePolicies',
  'deviceManagementScripts',
]);

/**
 * @template {{ body: { id: string } }} T
 * @param {T} one
 * @param {number} round
 * @returns {T}
 */
function copyOf(one, round) {
  const hex = createHash('sha256').update(`${one.body.id}/${round}`).digest('hex');
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  const body = /** @type {Record<string, unknown>} */ ({ ...one.body, id });
  for (const field of ['name', 'displayName'])
    if (typeof body[field] === 'string') body[field] = `${body[field]} ${round}`;
  return { ...one, body };
}
