/** Words of Graph's vocabulary: letters alone, or the qualified name of a type or function. */
const WORD = /^\$?[A-Za-z]{1,64}$/;
const TYPE = /^microsoft\.graph(?:\.[A-Za-z][A-Za-z0-9]{0,63}){1,3}$/;
const VERSION = /^(?:v1\.0|beta)$/;
/** Collections of people, whose next segment is a key whatever it looks like. */
const PEOPLE = new Set(['users', 'people', 'contacts']);
const NO_KEY = /^\$|^delta$/;

/**
 * The path of a Graph address with `{id}` for each segment that may name one thing or person, and without its query:
 * fit for the name of a span or a label. What is not plainly a word of the vocabulary counts as a key.
 * @param address a path below Graph's origin, or a whole address
 */
export function pathTemplate(address: string): string {
  const path = URL.canParse(address) ? new URL(address).pathname : (address.split(/[?#]/)[0] ?? '');
  const segments = path.split('/').filter((segment) => segment !== '');
  return `/${segments.map((segment, index) => shown(segment, segments[index - 1])).join('/')}`;
}

function shown(segment: string, before: string | undefined): string {
  if (before !== undefined && PEOPLE.has(before.toLowerCase()) && !NO_KEY.test(segment)) return '{id}';
  return WORD.test(segment) || TYPE.test(segment) || VERSION.test(segment) ? segment : '{id}';
}
