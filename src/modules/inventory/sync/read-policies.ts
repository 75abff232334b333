import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { BatchReply, BatchRequest, GraphClient, GraphObject } from '#libs/graph-client/src/graph-client.js';
import { GraphFailure } from '#libs/graph-client/src/graph-failure.js';
import { isAssignment } from '../policy/canonical-assignments.js';
import { isSetting } from '../policy/canonical-settings.js';
import type { ReadPolicy } from '../policy/canonical-policy.js';
import { atOnce } from './at-once.js';

/** An object of the list that has an id. */
export interface ListedObject {
  externalId: string;
  object: GraphObject;
}

/** One policy with what could be read of it; a part that is undefined could not be read to its end. */
export interface PolicyReading {
  externalId: string;
  object: GraphObject | undefined;
  settings: readonly unknown[] | undefined;
  assignments: readonly unknown[] | undefined;
}

/** `/settings` pages at 25 unless told; 1,000 is accepted (IntuneCD, `SettingsCatalog.py`). */
const SETTINGS_PAGE = '1000';

/** What may be gone when the same is asked again. */
const PASSING: ReadonlySet<string> = new Set(['graph.throttled', 'graph.unavailable']);

type Part = 'item' | 'settings' | 'assignments';

/** As many as a batch has members, so that batches are full however many parts each policy asks for. */
const POLICIES_OF_CHUNK = 20;
/**
 * One throttled member makes its batch wait a second and more. Batches one after the other then keep to the slowest
 * member of each; some at a time keep to the tenant's request budget instead.
 */
const CHUNKS_AT_ONCE = 6;

/**
 * Reads what the list lacks of each object, in batches, and follows the further pages of each collection. A part that
 * fails is missing from its policy alone.
 * @param judge makes of a reading what is to be kept of it; the reading is let go at once, for those of a large tenant
 *   would fill the memory
 * @returns what `judge` made, in the order of the list
 * @throws GraphFailure when Graph refuses a batch as a whole; the signal's reason
 */
export async function readPolicies<Judged>(
  client: GraphClient,
  type: PolicyType,
  listed: readonly ListedObject[],
  signal: AbortSignal,
  judge: (reading: PolicyReading) => Judged,
): Promise<Judged[]> {
  const chunks: ListedObject[][] = [];
  for (let at = 0; at < listed.length; at += POLICIES_OF_CHUNK) chunks.push(listed.slice(at, at + POLICIES_OF_CHUNK));
  const judged = await atOnce(chunks, CHUNKS_AT_ONCE, signal, async (chunk, alive) =>
    (await readChunk(client, type, chunk, alive)).map(judge),
  );
  return judged.flat();
}

async function readChunk(
  client: GraphClient,
  type: PolicyType,
  listed: readonly ListedObject[],
  signal: AbortSignal,
): Promise<PolicyReading[]> {
  const requests = listed.flatMap(({ externalId }, index) => requestsOf(type, externalId, index));
  const replies = requests.length > 0 ? await askTwice(client, requests, signal) : new Map<string, BatchReply>();
  const readings: PolicyReading[] = [];
  for (const [index, { externalId, object }] of listed.entries()) {
    const reply = (part: Part): BatchReply | undefined => replies.get(`${part}:${index}`);
    const whole = type.itemExpand === undefined ? object : itemOf(object, reply('item'));
    readings.push({
      externalId,
      object: whole && hasWhatListLacks(type, whole) ? whole : undefined,
      settings: type.settings === 'inline' ? [] : await collection(client, reply('settings'), isSetting, signal),
      assignments: await assignmentsOf(client, type, object, reply('assignments'), signal),
    });
  }
  return readings;
}

/**
 * Asks once more for what used up its attempts: of the thousands of calls that a throttled tenant refuses, some are
 * refused to the end, and each would cost a policy.
 */
async function askTwice(
  client: GraphClient,
  requests: readonly BatchRequest[],
  signal: AbortSignal,
): Promise<Map<string, BatchReply>> {
  const replies = await client.batch(requests, { signal });
  const again = requests.filter(({ id }) => {
    const reply = replies.get(id);
    return reply?.ok === false && PASSING.has(reply.failure.code);
  });
  if (again.length === 0) return replies;
  return new Map([...replies, ...(await client.batch(again, { signal }))]);
}

function requestsOf(type: PolicyType, externalId: string, index: number): BatchRequest[] {
  const path = `${type.path}/${encodeURIComponent(externalId)}`;
  const requests: BatchRequest[] = [];
  if (type.itemExpand !== undefined) requests.push({ id: `item:${index}`, path, query: { $expand: type.itemExpand } });
  if (type.settings === 'own-collection') {
    requests.push({ id: `settings:${index}`, path: `${path}/settings`, query: { $top: SETTINGS_PAGE } });
  }
  if (type.assignments === 'own-collection') requests.push({ id: `assignments:${index}`, path: `${path}/assignments` });
  return requests;
}

function itemOf(listed: GraphObject, reply: BatchReply | undefined): GraphObject | undefined {
  return reply?.ok && reply.body.id === listed.id ? { ...listed, ...reply.body } : undefined;
}

/** An expanded property that is not there was not expanded: its absence says nothing of the policy. */
function hasWhatListLacks(type: PolicyType, object: GraphObject): boolean {
  return type.listLacks
    .filter((name) => name !== 'settings' && name !== 'assignments')
    .every((name) => Array.isArray(object[name]));
}

async function assignmentsOf(
  client: GraphClient,
  type: PolicyType,
  object: GraphObject,
  reply: BatchReply | undefined,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> {
  if (type.assignments === 'own-collection') return collection(client, reply, isAssignment, signal);
  const { assignments: value, 'assignments@odata.nextLink': nextLink } = object;
  return collection(client, { ok: true, body: { value, '@odata.nextLink': nextLink } }, isAssignment, signal);
}

/** All elements of a collection whose first page is at hand; undefined when it is broken off or holds a broken element. */
async function collection(
  client: GraphClient,
  reply: BatchReply | undefined,
  isElement: (element: unknown) => boolean,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> {
  if (!reply?.ok) return undefined;
  const { value, '@odata.nextLink': nextLink } = reply.body;
  if (!Array.isArray(value)) return undefined;
  const elements: unknown[] = [...(value as unknown[])];
  if (typeof nextLink === 'string' && nextLink !== '') {
    try {
      for (const element of await client.list(nextLink, { signal })) elements.push(element);
    } catch (error) {
      if (error instanceof GraphFailure) return undefined;
      throw error;
    }
  }
  return elements.every(isElement) ? elements : undefined;
}

/** The policy when every part of it is there; undefined otherwise. */
export function wholePolicy(type: PolicyType, reading: PolicyReading): ReadPolicy | undefined {
  const { externalId, object, settings, assignments } = reading;
  if (!object || !settings || !assignments) return undefined;
  const name = object[type.nameField];
  const expected = settingsExpected(type, reading);
  if (typeof name !== 'string' || (expected !== null && expected !== settings.length)) return undefined;
  return { externalId, object, settings, assignments };
}

/** Graph's `settingCount`; null for types without one. */
export function settingsExpected(type: PolicyType, { object }: PolicyReading): number | null {
  const count = object?.['settingCount'];
  return type.settings === 'own-collection' && typeof count === 'number' ? count : null;
}
