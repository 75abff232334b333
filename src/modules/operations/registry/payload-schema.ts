import { propertiesOf, type PayloadClass, type PayloadProperty, type PropertyRule } from './payload-properties.js';

/** A JSON Schema (draft 2020-12), as plain JSON. */
export type JsonSchema = { readonly [keyword: string]: unknown };

type Keywords = (constraints: readonly unknown[]) => JsonSchema;

/** What each validator says of one value. A validator that is not here narrows the schema by nothing. */
const OF_VALUE: Readonly<Record<string, Keywords>> = {
  isString: () => ({ type: 'string' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isBoolean: () => ({ type: 'boolean' }),
  isObject: () => ({ type: 'object' }),
  isIn: ([values]) => ({ enum: values }),
  isEnum: ([, values]) => ({ enum: values }),
  equals: ([value]) => ({ const: value }),
  minLength: ([min]) => ({ type: 'string', minLength: min }),
  maxLength: ([max]) => ({ type: 'string', maxLength: max }),
  isLength: ([min, max]) => ({ type: 'string', minLength: min, ...(max === undefined ? {} : { maxLength: max }) }),
  isNotEmpty: () => ({ not: { enum: ['', null] } }),
  matches: ([pattern]) => ({
    type: 'string',
    ...(pattern instanceof RegExp && pattern.flags === '' ? { pattern: pattern.source } : {}),
  }),
  isNumberString: () => ({ type: 'string', pattern: '^[+-]?[0-9]*[.]?[0-9]+$' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isEmail: () => ({ type: 'string', format: 'email' }),
  isUrl: () => ({ type: 'string', format: 'uri' }),
  isIso8601: () => ({ type: 'string' }),
  isDateString: () => ({ type: 'string' }),
  min: ([min]) => ({ minimum: min }),
  max: ([max]) => ({ maximum: max }),
  isPositive: () => ({ exclusiveMinimum: 0 }),
  isNegative: () => ({ exclusiveMaximum: 0 }),
};

const OF_LIST: Readonly<Record<string, Keywords>> = {
  arrayMinSize: ([min]) => ({ minItems: min }),
  arrayMaxSize: ([max]) => ({ maxItems: max }),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayUnique: () => ({ uniqueItems: true }),
};

/**
 * The JSON Schema of a payload class, from its validators. Every valid payload satisfies it; where a validator has no
 * keyword it says less than the class, never something else.
 */
export function payloadSchema(payload: PayloadClass, above: readonly PayloadClass[] = []): JsonSchema {
  const properties = propertiesOf(payload);
  const required = properties.filter(({ optional }) => !optional).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(
      properties.map((property) => [property.name, propertySchema(property, [...above, payload])]),
    ),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

function propertySchema(property: PayloadProperty, above: readonly PayloadClass[]): JsonSchema {
  const { rules, list, nested } = property;
  const value = {
    ...keywords(
      rules.filter(({ each }) => each === list),
      OF_VALUE,
    ),
    ...nestedSchema(nested, above),
  };
  if (!list) return value;
  return {
    type: 'array',
    items: value,
    ...keywords(
      rules.filter(({ each }) => !each),
      OF_LIST,
    ),
  };
}

/** A class that holds itself is left open at its second level. */
function nestedSchema(nested: PayloadClass | undefined, above: readonly PayloadClass[]): JsonSchema {
  if (nested === undefined) return {};
  return above.includes(nested) ? { type: 'object' } : payloadSchema(nested, above);
}

function keywords(rules: readonly PropertyRule[], known: Readonly<Record<string, Keywords>>): JsonSchema {
  return Object.assign({}, ...rules.map(({ name, constraints }) => known[name]?.(constraints) ?? {})) as JsonSchema;
}
