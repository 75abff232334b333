import { isBody, textOf, type GraphBody, type JsonValue } from '../../store/graph-body.js';
import { familyOf, type GraphCall } from '../graph-call.js';
import { MODEL, modelName, type PropertyType } from '../model/graph-model.js';
import { modelRefusal } from './refusals.js';
import type { WriteContext } from './write-context.js';

/** The names that OData gives to primitive types. */
const PRIMITIVES: Readonly<Record<string, string>> = {
  s: 'Edm.String',
  b: 'Edm.Boolean',
  n: 'Edm.Int32',
  d: 'Edm.DateTimeOffset',
  D: 'Edm.Date',
  t: 'Edm.TimeOfDay',
  u: 'Edm.Duration',
  x: 'Edm.Binary',
  g: 'Edm.Guid',
};
const DESCRIBED_ELSEWHERE = '@';
/** The settings catalog is a service of its own, whose model has no other types (Micke-K/IntuneManagement#318). */
const CATALOG_TYPE = /^deviceManagementConfiguration/;

/**
 * Holds a body to the model, as the service does before it looks at what the values mean: unknown properties and types,
 * values of another type, members that an enumeration does not have. Annotations are passed over, and so is what the model
 * does not describe. Throws a 400 refusal with the service's words (Intune-PowerShell-SDK#98, Microsoft365DSC#5954,
 * Win32App-Migration-Tool#23, Intune-Config-Frameworks#8).
 */
export function checkModel(call: GraphCall, declared: string, body: GraphBody): void {
  new ModelCheck(call).object(declared, body);
}

/** The type of what a relation of an object leads to; undefined where the model does not tell. */
function memberTypeOf(owner: string, relation: string): string | undefined {
  const type = MODEL.property(modelName(owner), relation)?.type;
  return type === DESCRIBED_ELSEWHERE ? undefined : type;
}

/** {@link checkModel} for members of a relation of an object. */
export function checkMembers(
  { call, spec }: Pick<WriteContext, 'call' | 'spec'>,
  owner: GraphBody,
  relation: string,
  members: readonly GraphBody[],
): void {
  const type = memberTypeOf(textOf(owner, '@odata.type') ?? spec.entityType, relation);
  if (type !== undefined) for (const member of members) checkModel(call, type, member);
}

class ModelCheck {
  private readonly names: string;

  constructor(private readonly call: GraphCall) {
    this.names = familyOf(call.target) === 'intune' ? 'microsoft.management.services.api' : 'microsoft.graph';
  }

  object(declared: string, body: GraphBody): void {
    const type = this.typeOf(declared, body);
    if (!MODEL.knows(type)) return;
    for (const [name, value] of Object.entries(body)) {
      if (name.includes('@') || name.startsWith('#')) continue;
      const property = MODEL.property(type, name);
      if (property === undefined)
        throw this.refusal(
          `The property '${name}' does not exist on type '${this.named(type)}'. Make sure to only use property names that are defined by the type.`,
        );
      if (property.type !== DESCRIBED_ELSEWHERE) this.value(name, property, value);
    }
  }

  /** The type that the body names, if it may stand where `declared` is expected. */
  private typeOf(declared: string, body: GraphBody): string {
    const given = textOf(body, '@odata.type');
    const type = given === undefined ? declared : modelName(given);
    if (given === undefined || !MODEL.knows(declared) || MODEL.derives(type, declared)) return type;
    if (!MODEL.knows(type) || CATALOG_TYPE.test(declared) !== CATALOG_TYPE.test(type))
      throw this.refusal(
        `A type named '${given.replace(/^#/, '')}' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.`,
      );
    throw this.refusal(
      `An entry with type '${this.named(type)}' was found, but it is not assignable to the expected type '${this.named(declared)}'. The type specified in the entry must be equal to either the expected type or a derived type.`,
    );
  }

  private value(name: string, property: PropertyType, value: JsonValue): void {
    if (value === null) {
      this.nothing(name, property);
      return;
    }
    if (!property.list) {
      this.single(property.type, value);
      return;
    }
    if (!Array.isArray(value)) throw this.unexpected(isBody(value) ? 'StartObject' : 'PrimitiveValue', 'StartArray');
    for (const element of value) if (element !== null) this.single(property.type, element);
  }

  private single(type: string, value: JsonValue): void {
    const members = MODEL.members(type);
    if (members === undefined && PRIMITIVES[type] === undefined && !type.startsWith('~')) {
      if (Array.isArray(value)) throw this.unexpected('StartArray', 'StartObject');
      if (!isBody(value)) throw this.unexpected('PrimitiveValue', 'StartObject');
      this.object(type, value);
      return;
    }
    if (isBody(value)) throw this.unexpected('StartObject', 'PrimitiveValue');
    if (Array.isArray(value)) throw this.unexpected('StartArray', 'PrimitiveValue');
    if (members === undefined) {
      if (!fits(type, value)) throw this.unconverted(value, PRIMITIVES[type] ?? this.named(type.slice(1)));
      return;
    }
    if (typeof value !== 'string') throw this.unconverted(value, this.named(type));
    // A flags enumeration is written as its members with commas between them.
    const missing = value.split(',').find((member) => !members.includes(member.trim()));
    if (missing !== undefined) throw this.refusal(`Requested value '${missing.trim()}' was not found.`);
  }

  private nothing(name: string, { type, list, nullable }: PropertyType): void {
    const isValue = 'bnd'.includes(type) || MODEL.members(type) !== undefined;
    if (nullable || list || !isValue) return;
    const expected = `${PRIMITIVES[type] ?? this.named(type)}[Nullable=False]`;
    throw this.refusal(
      `A null value was found for the property named '${name}', which has the expected type '${expected}'. The expected type '${expected}' does not allow null values.`,
    );
  }

  private unconverted(value: string | number | boolean | null, type: string) {
    const literal = typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
    return this.refusal(`Cannot convert the literal '${literal}' to the expected type '${type}'.`);
  }

  private unexpected(found: string, expected: string) {
    return this.refusal(
      `An unexpected '${found}' node was found when reading from the JSON reader. A '${expected}' node was expected.`,
    );
  }

  private named(type: string): string {
    return `${this.names}.${type}`;
  }

  private refusal(message: string) {
    return modelRefusal(this.call, message);
  }
}

function fits(type: string, value: string | number | boolean | null): boolean {
  switch (type) {
    case 'b':
      return typeof value === 'boolean';
    case 'n':
      return typeof value === 'number';
    case 'd':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value));
    default:
      return typeof value === 'string';
  }
}
