import { ALL_PERMISSIONS, type SeedTenant } from '../../store/seed-tenant.js';
import { addAppPolicies } from './app-policies.js';
import { COMPANIES } from './company.js';
import { addCompliance } from './compliance-policies.js';
import { addConditionalAccess } from './conditional-access.js';
import { addConfigurationPolicies } from './configuration-policies.js';
import { addDeviceProfiles } from './device-profiles.js';
import { addEnrollment } from './enrollment.js';
import { addFoundations } from './foundations.js';
import { seedObject, type GeneratedObject } from './generated-object.js';
import { addGroupPolicies } from './group-policies.js';
import { addIntents } from './intents.js';
import { addApps } from './mobile-apps.js';
import { makePeople, withMembers } from './people.js';
import { addPolicySets } from './policy-sets.js';
import { addProfileRelations } from './profile-relations.js';
import { addReusableSettings } from './reusable-settings.js';
import { addComplianceScripts, addScripts } from './scripts.js';
import { TenantDraft } from './tenant-draft.js';
import { countsOf, type TenantSize } from './tenant-sizes.js';
import { addWindowsUpdates } from './windows-updates.js';

/** In this order: what others refer to comes first. */
const AREAS: readonly ((tenant: TenantDraft) => void)[] = [
  addFoundations,
  addReusableSettings,
  addComplianceScripts,
  addApps,
  addConfigurationPolicies,
  addDeviceProfiles,
  addProfileRelations,
  addGroupPolicies,
  addIntents,
  addCompliance,
  addScripts,
  addAppPolicies,
  addEnrollment,
  addWindowsUpdates,
  addConditionalAccess,
  addPolicySets,
  useEveryGroup,
];

/** A tenant's objects with what they hold, and its groups. */
export function generatedContent(size: TenantSize): { objects: GeneratedObject[]; groups: SeedTenant['groups'] } {
  const tenant = new TenantDraft(COMPANIES[size], countsOf(size));
  for (const add of AREAS) add(tenant);
  return { objects: tenant.objects, groups: tenant.directory.groups };
}

/** The generated tenant of that size: made when asked for, and the same to the byte every time. */
export function generatedTenant(size: TenantSize): SeedTenant {
  const company = COMPANIES[size];
  const { objects, groups } = generatedContent(size);
  return {
    entraTenantId: company.entraTenantId,
    name: company.name,
    apps: [{ clientId: company.clientId, clientSecret: company.clientSecret, permissions: [...ALL_PERMISSIONS] }],
    users: makePeople(company),
    groups: withMembers(company, groups),
    objects: objects.map(seedObject),
  };
}

/** Groups in use that no object names so far are given apps, which have many assignments in real tenants, too. */
function useEveryGroup(tenant: TenantDraft): void {
  const apps = tenant.of('mobileApps').filter(({ children }) => (children.assignments ?? []).length > 0);
  for (const [at, group] of tenant.assigner.takeUntouched().entries()) {
    const app = apps[at % apps.length];
    const assignments = app?.children.assignments;
    if (app === undefined || assignments === undefined) continue;
    assignments.push({
      ...tenant.assigner.oneMore('mobileApps', app.object.id, group, assignments.length),
      intent: 'available',
      settings: null,
    });
  }
}
