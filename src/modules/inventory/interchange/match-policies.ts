import { normalisedName } from '../policy/normalised-name.js';

/** What of a policy tells which policy it is. */
export interface Identity {
  type: string;
  externalId: string | null;
  name: string;
}

export interface Matches<Left extends Identity, Right extends Identity> {
  pairs: { left: Left; right: Right }[];
  /** No policy of the other side has this name. */
  onlyLeft: Left[];
  onlyRight: Right[];
  /** Several policies of the other side, or of this one, have this name: nothing tells which is meant. */
  ambiguous: Left[];
}

/**
 * Which policies of two sides are the same one: of one type by Graph's id, then by name, then by the name without its
 * version. An id or a name that one side has twice says nothing.
 */
export function matchPolicies<Left extends Identity, Right extends Identity>(
  left: readonly Left[],
  right: readonly Right[],
): Matches<Left, Right> {
  const pairs: { left: Left; right: Right }[] = [];
  let [leftOver, rightOver] = [[...left], [...right]];
  for (const keyOf of [idKey, nameKey, bareNameKey]) {
    const [ofLeft, ofRight] = [uniqueBy(leftOver, keyOf), uniqueBy(rightOver, keyOf)];
    const found = [...ofLeft].flatMap(([key, one]) => {
      const other = ofRight.get(key);
      return other ? [{ left: one, right: other }] : [];
    });
    pairs.push(...found);
    const [takenLeft, takenRight] = [new Set(found.map((pair) => pair.left)), new Set(found.map((pair) => pair.right))];
    leftOver = leftOver.filter((one) => !takenLeft.has(one));
    rightOver = rightOver.filter((one) => !takenRight.has(one));
  }
  const named = new Set(rightOver.map(bareNameKey));
  const ambiguous = leftOver.filter((one) => named.has(bareNameKey(one)));
  const unclear = new Set(ambiguous.map(bareNameKey));
  return {
    pairs,
    onlyLeft: leftOver.filter((one) => !named.has(bareNameKey(one))),
    onlyRight: rightOver.filter((one) => !unclear.has(bareNameKey(one))),
    ambiguous,
  };
}

function idKey({ type, externalId }: Identity): string | undefined {
  return externalId === null ? undefined : `${type}\n${externalId.toLowerCase()}`;
}

function nameKey({ type, name }: Identity): string {
  return `${type}\n${name.normalize('NFC').toLowerCase()}`;
}

function bareNameKey({ type, name }: Identity): string {
  return `${type}\n${normalisedName(name).toLowerCase()}`;
}

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T> {
  const counted = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const alike = counted.get(key);
    if (alike) alike.push(item);
    else counted.set(key, [item]);
  }
  return new Map(
    [...counted].flatMap(([key, [first, ...others]]) => (first && others.length === 0 ? [[key, first]] : [])),
  );
}
