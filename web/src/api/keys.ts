/** The prefix of every query of one tenant; invalidating it refreshes whatever is on the screen. */
export function tenantKey(tenantId: string): readonly string[] {
  return ['tenant', tenantId];
}
