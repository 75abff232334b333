/** A route's search parameters: plain strings, of which those named are known and the rest is dropped. */
export function picked<const N extends string>(...names: readonly N[]) {
  return (search: Record<string, unknown>): { [K in N]?: string } => {
    const known: { [K in N]?: string } = {};
    for (const name of names) {
      const value = search[name];
      if (typeof value === 'string' && value !== '') known[name] = value;
    }
    return known;
  };
}

/** The values of a filter that holds several, separated by commas. */
export function listOf(value: string | undefined): string[] {
  return value === undefined || value === '' ? [] : value.split(',');
}

/** The filter's text, undefined for no values so that it leaves the URL. */
export function listText(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(',');
}
