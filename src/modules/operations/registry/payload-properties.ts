import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, ValidationTypes } from 'class-validator';

export type PayloadClass = new () => object;

/** One validator of a property: its name as class-validator gives it, and whether it holds for each element of a list. */
export interface PropertyRule {
  name: string;
  constraints: readonly unknown[];
  each: boolean;
}

export interface PayloadProperty {
  name: string;
  rules: readonly PropertyRule[];
  optional: boolean;
  list: boolean;
  /** The class of its value, or of each element, where the value is validated as an object of its own. */
  nested: PayloadClass | undefined;
}

const LIST_RULES = ['isArray', 'arrayMinSize', 'arrayMaxSize', 'arrayNotEmpty', 'arrayUnique'];

/** What class-validator checks of a class, by property in the order of declaration; inherited ones among them. */
export function propertiesOf(payload: PayloadClass): PayloadProperty[] {
  const storage = getMetadataStorage();
  const metadata = storage.getTargetValidationMetadatas(payload, '', true, false);
  return Object.entries(storage.groupByPropertyName(metadata)).map(([name, all]) => {
    const rules = all.map((rule) => ({
      name: rule.name ?? rule.type,
      constraints: (rule.constraints ?? []) as readonly unknown[],
      each: rule.each,
    }));
    const list = rules.some((rule) => rule.each || LIST_RULES.includes(rule.name));
    const isNested = all.some((rule) => rule.type === ValidationTypes.NESTED_VALIDATION);
    return {
      name,
      rules,
      optional: all.some((rule) => rule.type === ValidationTypes.CONDITIONAL_VALIDATION),
      list,
      nested: isNested ? classOf(payload, name, list) : undefined,
    };
  });
}

/**
 * The classes that a payload reaches and of which nothing is validated, by name: class-validator refuses every value of
 * such a class, so that no run of the type could ever be worked.
 */
export function unvalidatedClasses(payload: PayloadClass, seen: Set<PayloadClass> = new Set()): string[] {
  if (seen.has(payload)) return [];
  seen.add(payload);
  const properties = propertiesOf(payload);
  if (properties.length === 0) return [payload.name];
  return properties.flatMap(({ nested }) => (nested ? unvalidatedClasses(nested, seen) : []));
}

/** What `@Type` makes of a value; asked of class-transformer itself, because its metadata has no public door. */
function classOf(payload: PayloadClass, name: string, list: boolean): PayloadClass | undefined {
  const made = plainToInstance(payload, { [name]: list ? [{}] : {} }) as Record<string, unknown>;
  const value: unknown = list ? (made[name] as unknown[] | undefined)?.[0] : made[name];
  const found: unknown = value?.constructor;
  return typeof found === 'function' && found !== Object ? (found as PayloadClass) : undefined;
}
