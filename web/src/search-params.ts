import { PAGE_SIZE, PAGE_SIZES } from './api/page';

/** A route's search parameters: plain strings, of which those named are known and the rest is dropped. */
export function picked<const Names extends readonly string[]>(...names: Names) {
  return (search: Record<string, unknown>): Picked<Names> => {
    const known: Record<string, string> = {};
    for (const name of names) {
      const value = search[name];
      if (typeof value === 'string' && value !== '') known[name] = value;
    }
    return known as Picked<Names>;
  };
}

type Picked<Names extends readonly string[]> = { [Name in Names[number]]?: string };

/** The values of a filter that holds several, separated by commas. */
export function listOf(value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : value.split(',');
}

/** The filter's text, undefined for no values so that it leaves the URL. */
export function listText(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(',');
}

/** How many rows a page of a list has; what is not among the choices counts as the usual number. */
export function limitOf(limit: string | undefined): number {
  return PAGE_SIZES.find((size) => String(size) === limit) ?? PAGE_SIZE;
}

/** The search parameter for a number of rows; undefined for the usual one, so that it leaves the address. */
export function limitText(limit: number): string | undefined {
  return limit === PAGE_SIZE ? undefined : String(limit);
}
