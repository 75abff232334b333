import { readdir, readFile } from 'node:fs/promises';

const ROUTES = new URL('../../web/src/routes/', import.meta.url);
const ROUTE = /createRoute\(\{\s*getParentRoute: \(\) => (\w+),\s*path: '([^']*)'/g;
/** Routes that only lead on, or are the frame of others. */
const NO_PAGES = new Set(['rootRoute /', 'rootRoute /t/$tenantId']);

/**
 * Every page that there is a route of, so that none is forgotten: its name, its path and whether it stands outside a tenant.
 * `$policyId` and its like are replaced from `ids`; one that is not there is an error that names the route.
 */
export async function pagesOf(ids) {
  const files = (await readdir(ROUTES)).filter((name) => name.endsWith('-routes.ts')).sort();
  const source = (await Promise.all(files.map((name) => readFile(new URL(name, ROUTES), 'utf8')))).join('\n');
  const pages = [];
  for (const [, parent, route] of source.matchAll(ROUTE)) {
    if (NO_PAGES.has(`${parent} ${route}`)) continue;
    const isOpen = parent === 'rootRoute';
    const missing = [...route.matchAll(/\$(\w+)/g)].map(([, name]) => name).filter((name) => ids[name] === undefined);
    if (missing.length > 0) throw new Error(`The route ${route} needs ${missing.join(', ')}; prepare it in demo.mjs.`);
    const path = route.replaceAll(/\$(\w+)/g, (_, name) => ids[name]);
    pages.push({
      name: nameOf(route),
      path: (isOpen ? path : `/t/${ids.tenantId}${path === '/' ? '' : path}`) + (ids.search[route] ?? ''),
      isOpen,
    });
  }
  if (pages.length === 0) throw new Error('No route was found in web/src/routes.');
  return pages;
}

/** `/inventory/policies/$policyId` becomes `inventory-policies-one`. */
function nameOf(route) {
  const words = route
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('$') ? 'one' : part));
  return words.length === 0 ? 'overview' : words.join('-');
}
