import { textOf, type GraphBody } from '../store/graph-body.js';

/** A `$search` that is not written as Graph wants it. */
export class SearchRefused extends Error {}

/** Properties that are cut into words for searching; in the others only the beginning counts. */
const WORDED = new Set(['displayName', 'description']);

/**
 * `"displayName:wifi" AND "mail:it"`: each clause in quotes, a property and what to look for, joined by AND or OR, read from
 * left to right. Words match from their beginning, whatever their order (`concepts/aad-advanced-queries.md`, `$search`).
 * Throws SearchRefused.
 */
export function readSearch(text: string, properties: ReadonlySet<string>): (body: GraphBody) => boolean {
  const clauses = text.match(/"(?:[^"\\]|\\.)*"|\b(?:AND|OR)\b/g) ?? [];
  if (text.replaceAll(/"(?:[^"\\]|\\.)*"|\b(?:AND|OR)\b|[\s()]/g, '') !== '' || !clauses[0]?.startsWith('"'))
    throw new SearchRefused(`Syntax error: character ':' is not valid at position ${text.indexOf(':')} in '${text}'.`);
  let test = readClause(clauses[0], properties);
  for (let index = 1; index < clauses.length; index += 2) {
    const [operator, clause] = [clauses[index], clauses[index + 1]];
    if (operator?.startsWith('"') === true || clause === undefined)
      throw new SearchRefused(`Syntax error in '${text}'.`);
    const [left, right] = [test, readClause(clause, properties)];
    test = operator === 'AND' ? (body) => left(body) && right(body) : (body) => left(body) || right(body);
  }
  return test;
}

function readClause(clause: string, properties: ReadonlySet<string>): (body: GraphBody) => boolean {
  const inner = clause.slice(1, -1).replaceAll(/\\(.)/g, '$1');
  const colon = inner.indexOf(':');
  const property = inner.slice(0, colon);
  if (colon < 0 || !properties.has(property)) throw new SearchRefused(`Unrecognized search clause '${inner}'.`);
  const wanted = inner.slice(colon + 1).toLowerCase();
  if (!WORDED.has(property)) return (body) => textOf(body, property)?.toLowerCase().startsWith(wanted) ?? false;
  const words = wordsOf(wanted);
  return (body) => {
    const own = wordsOf((textOf(body, property) ?? '').toLowerCase());
    return words.every((word) => own.some((candidate) => candidate.startsWith(word)));
  };
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
