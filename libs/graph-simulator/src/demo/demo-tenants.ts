import { ALL_PERMISSIONS, type SeedGroup, type SeedTenant, type SeedUser } from '../store/seed-tenant.js';
import { stableGuid } from '../store/stable-id.js';
import { CONTOSO_APPLE } from './contoso-apple.js';
import { CONTOSO_DEVICES } from './contoso-devices.js';
import { CONTOSO_EDGE_BASELINE } from './contoso-edge-baseline.js';
import { CONTOSO_SECURITY } from './contoso-security.js';
import { CONTOSO_WORKPLACE } from './contoso-workplace.js';
import { DEMO_CONTOSO, DEMO_FABRIKAM, type DemoTenant } from './demo-credentials.js';
import { FABRIKAM_GROUPS, FABRIKAM_POLICIES } from './fabrikam.js';
import { build, groupId, type PolicyDraft } from './policy-draft.js';

const CONTOSO_GROUPS: readonly string[] = [
  'Intune - Windows - All corporate',
  'Intune - Windows - Ring 0 pilot',
  'Intune - Windows - Ring 1 early',
  'Intune - Windows - Kiosks',
  'Intune - Servers - SQL & build',
  'Intune - macOS - All corporate',
  'Intune - iOS - Supervised',
  'Intune - Users - All staff',
  'Intune - Users - Partners',
  "Intune - Branches - d'Azur, Łódź & Co",
  'Intune - Exclusions - Lab machines',
  'Intune - Exclusions - Shared desks',
  'Intune - Exclusions - USB writers',
  'Sales',
  'Finance (EMEA)',
  'R&D #1',
];

/** The two tenants that a first start shows; the same objects with the same ids every time. */
export function demoTenants(): SeedTenant[] {
  return [
    demoTenant(DEMO_CONTOSO, 'contoso.example', CONTOSO_GROUPS, [
      ...CONTOSO_SECURITY,
      CONTOSO_EDGE_BASELINE,
      ...CONTOSO_WORKPLACE,
      ...CONTOSO_APPLE,
      ...CONTOSO_DEVICES,
    ]),
    demoTenant(DEMO_FABRIKAM, 'fabrikam.example', FABRIKAM_GROUPS, FABRIKAM_POLICIES),
  ];
}

/**
 * The tenants of a data folder with demo tenants for the places that they leave free: the first takes Contoso's place,
 * the second Fabrikam's, further ones come after.
 */
export function inDemoPlaces(tenants: readonly SeedTenant[]): SeedTenant[] {
  return [...tenants, ...demoTenants().slice(tenants.length)];
}

function demoTenant(
  demo: DemoTenant,
  domain: string,
  groups: readonly string[],
  drafts: readonly PolicyDraft[],
): SeedTenant {
  return {
    entraTenantId: demo.entraTenantId,
    name: demo.name,
    apps: [{ clientId: demo.clientId, clientSecret: demo.clientSecret, permissions: [...ALL_PERMISSIONS] }],
    users: [user('Ada Admin', `ada.admin@${domain}`), user('Grace Operator', `grace.operator@${domain}`)],
    groups: groups.map((name): SeedGroup => ({
      id: groupId(demo.name, name),
      displayName: name,
      mailNickname: name.replaceAll(/[^A-Za-z0-9]/g, ''),
    })),
    objects: drafts.map((draft) => build(demo.name, draft)),
  };
}

function user(displayName: string, userPrincipalName: string): SeedUser {
  return { id: stableGuid(`user ${userPrincipalName}`), displayName, userPrincipalName };
}
