import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import type { GraphBody, JsonValue } from '../src/store/graph-body.js';
import { isBody } from '../src/store/graph-body.js';

interface Schema {
  [key: string]: unknown;
  $ref?: string;
  type?: string;
  nullable?: boolean;
  enum?: unknown[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  discriminator?: { mapping?: Record<string, string> };
}

/**
 * The Graph description (OpenAPI 3.0.3) as a judge of replies. A value is validated as the type its `@odata.type` names,
 * which has to be one of the declared type's own, and may have no property that this type does not know.
 */
export class GraphContract {
  private readonly schemas: Record<string, Schema>;
  private readonly ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: true });
  private readonly compiled = new Map<string, ValidateFunction>();
  private found: string[] = [];

  constructor(document: object) {
    this.schemas = (document as { components: { schemas: Record<string, Schema> } }).components.schemas;
    addFormats.default(this.ajv);
    for (const format of ['duration', 'base64url', 'binary', 'byte', 'decimal', 'int64']) {
      this.ajv.addFormat(format, true);
    }
    // OData's time of day has no zone, unlike JSON Schema's.
    this.ajv.addFormat('time', /^\d\d:\d\d:\d\d(\.\d+)?$/);
    // Nested values are judged one by one, by the type that they name; the schema of the outer one stops there.
    this.ajv.addKeyword({
      keyword: 'graphType',
      schema: true,
      errors: false,
      validate: (declared: string, value: JsonValue) => this.judge(declared, value),
    });
  }

  /** Whether the description has that type. */
  knows(type: string): boolean {
    return this.schemas[type] !== undefined;
  }

  /** What is wrong with a reply's object, in words; annotations other than `@odata.type` are left out of account. */
  faults(declared: string, body: GraphBody): string[] {
    this.found = [];
    this.judge(declared, withoutAnnotations(body));
    return this.found;
  }

  private judge(declared: string, value: JsonValue): boolean {
    const named = isBody(value) && typeof value['@odata.type'] === 'string' ? value['@odata.type'] : undefined;
    const name = named?.replace(/^#/, '') ?? declared;
    if (name !== declared && this.schemas[declared] !== undefined && !this.derives(name, declared)) {
      this.found.push(`${name} is no ${declared}`);
      return true;
    }
    const validate = this.validator(name);
    if (validate(value)) return true;
    this.found.push(
      ...(validate.errors ?? []).map(
        (error) => `${name}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
      ),
    );
    return true;
  }

  private derives(name: string, declared: string): boolean {
    const parents = (this.schemas[name]?.allOf ?? []).flatMap((part) =>
      part.$ref === undefined ? [] : [nameOf(part.$ref)],
    );
    return parents.some((parent) => parent === declared || this.derives(parent, declared));
  }

  private validator(name: string): ValidateFunction {
    const known = this.compiled.get(name);
    if (known !== undefined) return known;
    const schema = this.schemas[name];
    if (schema === undefined) throw new Error(`The description has no type ${name}.`);
    const isObject = schema.type === 'object' || schema.allOf !== undefined;
    const validate = this.ajv.compile({ ...this.own(schema), ...(isObject ? { unevaluatedProperties: false } : {}) });
    this.compiled.set(name, validate);
    return validate;
  }

  /** The type's own rules with those of its bases, without choosing by discriminator. */
  private own(schema: Schema): Schema {
    if (schema.$ref !== undefined) return this.own(this.schemas[nameOf(schema.$ref)] ?? {});
    return {
      ...schema,
      nullable: undefined,
      discriminator: undefined,
      ...(schema.allOf === undefined ? {} : { allOf: schema.allOf.map((part) => this.own(part)) }),
      ...(schema.properties === undefined
        ? {}
        : {
            properties: Object.fromEntries(
              Object.entries(schema.properties).map(([key, value]) => [key, this.place(value)]),
            ),
          }),
    };
  }

  /** The schema of a property or list member: OpenAPI's `nullable` in JSON Schema's words, types left to `graphType`. */
  private place(schema: Schema): Schema {
    const { nullable, ...rest } = schema;
    const target = schema.$ref ?? schema.allOf?.[0]?.$ref;
    const inner: Schema =
      target === undefined
        ? { ...rest, ...(rest.items === undefined ? {} : { items: this.place(rest.items) }) }
        : { graphType: nameOf(target) };
    return nullable === true ? { if: { type: 'null' }, then: {}, else: inner } : inner;
  }
}

function nameOf(ref: string): string {
  return ref.split('/').at(-1) ?? ref;
}

function withoutAnnotations(body: GraphBody): GraphBody {
  const kept = Object.entries(body).filter(([key]) => key === '@odata.type' || !key.includes('@odata.'));
  return Object.fromEntries(kept.map(([key, value]) => [key, plain(value)]));
}

function plain(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(plain);
  return isBody(value) ? withoutAnnotations(value) : value;
}
