/** What a tenant's sealed client secret is bound to, so that it cannot be opened as another tenant's. */
export function graphSecretPurpose(tenantId: string): string {
  return `graph_connections/${tenantId}`;
}
