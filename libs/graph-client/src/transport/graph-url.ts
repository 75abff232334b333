import { GraphFailure } from '../graph-failure.js';

/**
 * A path with query options, their values percent-encoded, so that `displayName eq 'A&B + C#'` arrives whole.
 * `$` stays as it is in names. The caller encodes ids that it puts into `path`.
 */
export function graphPath(path: string, query: Readonly<Record<string, string>> = {}): string {
  const options = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name).replaceAll('%24', '$')}=${encodeURIComponent(value)}`,
  );
  if (options.length === 0) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${options.join('&')}`;
}

/**
 * The address to call for a path below the Graph origin or for a link that Graph gave (nextLink, deltaLink), which is
 * used as given. Anything that would take the bearer token elsewhere is a `graph.protocol` failure.
 */
export function allowedUrl(target: string, graphOrigin: string): string {
  if (target.startsWith('/') && !target.startsWith('//') && !target.includes('\\') && !target.includes('#')) {
    return `${new URL(graphOrigin).origin}${target}`;
  }
  const url = URL.canParse(target) ? new URL(target) : undefined;
  const own = url?.origin === new URL(graphOrigin).origin && url.username === '' && url.password === '';
  if (!own)
    throw new GraphFailure('graph.protocol', { detail: `refused to call ${url?.origin ?? 'an unreadable address'}` });
  return target;
}

/** A URL without its query, for log texts: queries hold names and skip tokens. */
export function withoutQuery(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : 'an unreadable address';
}
