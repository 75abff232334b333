import { isBody, textOf, type GraphBody, type JsonValue } from '../store/graph-body.js';

/** What kinds of values a property was seen with: never a value itself. */
export type Kind = 'null' | 'boolean' | 'number' | 'text' | 'time' | 'guid' | 'list' | 'object';

/** Kinds by property, by type: `@odata.type` without `#`, or the declared type where objects do not say it. */
export type Shape = Record<string, Record<string, Kind[]>>;

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/;
const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The shape of some objects: what each type tells, and as what. Objects and lists inside count as one value. */
export function shapeOf(objects: readonly GraphBody[], declared: string): Shape {
  const shape: Shape = {};
  for (const object of objects) {
    const type = textOf(object, '@odata.type')?.replace(/^#/, '') ?? declared;
    const told = (shape[type] ??= {});
    for (const [name, value] of Object.entries(object)) {
      const kinds = (told[name] ??= []);
      const kind = kindOf(value);
      if (!kinds.includes(kind)) kinds.push(kind);
    }
  }
  return shape;
}

/** What the link to a next page looks like: names of its options, and how the token is written; null where there is none. */
export function linkShape(link: JsonValue | undefined): string | null {
  if (typeof link !== 'string') return null;
  const options = (link.split('?')[1] ?? '').split('&').map((option) => {
    const [name = '', value = ''] = option.split('=');
    if (!/skiptoken$/i.test(name)) return name;
    return `${name} ${value.startsWith('%255B') ? 'encoded twice' : value.startsWith('%5B') ? 'encoded once' : 'opaque'}`;
  });
  return options.sort().join(', ');
}

function kindOf(value: JsonValue): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (isBody(value)) return 'object';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (TIME.test(value)) return 'time';
  return GUID.test(value) ? 'guid' : 'text';
}
