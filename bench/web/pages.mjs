/**
 * @typedef {object} WebPage
 * @property {string} name
 * @property {(tenant: import('./tenant.mjs').Tenant) => string} path
 * @property {string} content an expression that holds once the page shows what it is for
 * @property {boolean} signedIn
 */

const SETTLED = `!!document.querySelector('main h1') && !document.querySelector('main [aria-label="Loading"]')`;

/** @type {readonly WebPage[]} */
export const PAGES = [
  {
    name: 'sign-in',
    path: () => '/sign-in',
    content: `!!document.querySelector('input[type="password"]')`,
    signedIn: false,
  },
  page('overview', ''),
  page('inventory', '/inventory/policies', `${SETTLED} && document.querySelectorAll('main tbody tr').length > 20`),
  {
    name: 'one policy',
    path: ({ tenantId, policyId }) => `/t/${tenantId}/inventory/policies/${policyId}`,
    content: `${SETTLED} && document.querySelectorAll('main [role="row"]').length > 5`,
    signedIn: true,
  },
  page('drift', '/drift/findings'),
  page('backup sets', '/backup-sets'),
  page('directory', '/directory/groups'),
  page('operations', '/operations', `${SETTLED} && document.querySelectorAll('a[data-run]').length > 20`),
  {
    name: 'one operation',
    path: ({ tenantId, runId }) => `/t/${tenantId}/operations/${runId}`,
    content: `${SETTLED} && !!document.querySelector('main dl dd')`,
    signedIn: true,
  },
];

/**
 * @param {string} name
 * @param {string} path below the tenant
 * @returns {WebPage}
 */
function page(name, path, content = SETTLED) {
  return { name, path: ({ tenantId }) => `/t/${tenantId}${path}`, content, signedIn: true };
}
