const KEY = 'tenantatlas.tenants';
const KEPT = 20;

/** Tenants of this browser, last used first; a convenience only, so a full or forbidden storage is no error. */
export function lastTenants(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberTenant(tenantId: string): void {
  const known = lastTenants();
  if (known[0] === tenantId) return;
  try {
    localStorage.setItem(KEY, JSON.stringify([tenantId, ...known.filter((id) => id !== tenantId)].slice(0, KEPT)));
  } catch {
    // Private windows may refuse to store.
  }
}
