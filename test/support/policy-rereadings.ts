import type { PolicyType } from '#libs/graph-client/src/catalogue/policy-type.js';
import type { Dice } from '#libs/graph-simulator/src/demo/generated/dice.js';
import { expandedNames, isCatalogSettings } from '#libs/graph-client/src/catalogue/policy-facts.js';
import { isObject, type JsonObject } from '../../src/modules/inventory/policy/json.js';
import { visitPath } from '../../src/modules/inventory/policy/secret-path.js';

/** In how many ways two readings of one unchanged policy differ. */
export const NOISES = ['keys', 'lists', 'volatile', 'empty', 'ids', 'annotations'] as const;
export type Noise = (typeof NOISES)[number];

/** People arrange these on a device. */
const ARRANGED = /^homeScreen(Pages|DockIcons)$/;
const EMPTY = [null, '', [], {}];

/** The policy as another reading may give it, with these noises; the dice decide where and how. */
export function reread(type: PolicyType, object: JsonObject, noises: readonly Noise[], dice: Dice): JsonObject {
  const on = new Set(noises);
  const again = structuredClone(object);
  if (on.has('volatile')) shakeVolatile(type, again, dice);
  if (on.has('ids')) renameElements(type, again, dice);
  return shaken(again, on, dice) as JsonObject;
}

/** What the service changes by itself: another value, or none, at the top where it was not before, too. */
function shakeVolatile({ volatileFields }: PolicyType, object: JsonObject, dice: Dice): void {
  const shake = (holder: JsonObject, key: string): void => {
    if (dice.chance(0.3)) delete holder[key];
    else holder[key] = dice.pick<unknown>(['2026-01-01T00:00:00Z', dice.int(0, 999), { state: dice.next() }, [], null]);
  };
  for (const field of volatileFields) {
    if (field.includes('.')) visitPath(object, field, shake);
    else shake(object, field);
  }
}

/** Another id for each setting, assignment and element below the object, whose names for themselves are not those ids. */
function renameElements({ collection }: PolicyType, object: JsonObject, dice: Dice): void {
  object['id'] = `id-${dice.int(0, 999)}`;
  const unnamed = collection.children.filter(({ keyedBy }) => keyedBy !== 'id').map(({ name }) => name);
  for (const name of new Set(['assignments', ...unnamed, ...expandedNames(collection)])) {
    const elements = object[name];
    if (!Array.isArray(elements)) continue;
    for (const element of elements.filter(isObject)) {
      if (dice.chance(0.2)) delete element['id'];
      else element['id'] = `id-${dice.int(0, 999)}`;
      if (name === 'assignments') element['source'] = dice.pick(['direct', 'policySets']);
    }
  }
}

function shaken(value: unknown, on: ReadonlySet<Noise>, dice: Dice, arranged = false): unknown {
  if (Array.isArray(value)) {
    const members = value.map((member) => shaken(member, on, dice, arranged));
    return on.has('lists') && !arranged ? dice.shuffled(members) : members;
  }
  if (!isObject(value)) return value;
  let members = Object.entries(value);
  if (on.has('empty')) {
    members = members.filter(([, member]) => !isEmpty(member) || dice.chance(0.5));
    if (dice.chance(0.5)) members.push([`neverSet${dice.int(0, 9)}`, dice.pick(EMPTY)]);
  }
  if (on.has('annotations') && dice.chance(0.7)) {
    members = [
      ...members.filter(([key]) => !/.@odata|^@odata\.(?!type)/.test(key)),
      ['@odata.id', `https://graph.example/${dice.int(0, 9)}`],
      ['anything@odata.type', '#String'],
      ['#microsoft.graph.assign', { target: 'x' }],
    ];
  }
  if (on.has('keys')) members = dice.shuffled(members);
  return Object.fromEntries(
    members.map(([key, member]) => [key, shaken(member, on, dice, arranged || ARRANGED.test(key))]),
  );
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === '' || (isObject(value) && Object.keys(value).length === 0);
}

/** The name of the child that holds settings of the settings catalog, where the type has one. */
export function settingsName({ collection }: PolicyType): string | undefined {
  return collection.children.find(isCatalogSettings)?.name;
}
