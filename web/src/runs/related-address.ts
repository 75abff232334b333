import type { RelatedLink } from '../api/operations';

const PAGES = [
  /^inventory\/policies(\/\d+)?$/,
  /^inventory\/sync-runs\/\d+$/,
  /^drift\/findings(\/\d+)?$/,
  /^backup-sets(\/\d+)?$/,
  /^directory\/groups(\/[0-9a-f-]+)?$/,
  /^operations(\/\d+)?$/,
];

/** The page that shows what an API link of this tenant names; null when there is no such page. */
export function relatedAddress(link: RelatedLink, tenantId: string): string | null {
  const [path = '', query] = link.href.split('?');
  const prefix = `/api/v1/tenants/${tenantId}/`;
  if (!path.startsWith(prefix)) return null;
  const rest = path.slice(prefix.length).replace(/^(backup-sets\/\d+)\/items$/, '$1');
  if (!PAGES.some((page) => page.test(rest))) return null;
  return `/t/${tenantId}/${rest}${query === undefined ? '' : `?${query}`}`;
}

/** The archive of a finished export: a file to download, not a page. */
export function isArchive(link: RelatedLink, tenantId: string): boolean {
  return link.rel === 'archive' && link.href.startsWith(`/api/v1/tenants/${tenantId}/exports/`);
}
