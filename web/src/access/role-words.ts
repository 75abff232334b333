import type { Role } from '#libs/access-model/src/permissions.js';

/** What each role may do, in one sentence; the permissions behind it are in the access model. */
export const ROLE_WORDS: Record<Role, string> = {
  Readonly: 'Sees everything of the tenant and starts nothing.',
  Operator: 'Sees everything, and runs syncs, drift checks and backups.',
  Manager: 'Does what an Operator does, decides on findings, keeps schedules and reads the audit trail.',
  Owner: 'Does what a Manager does, and manages members, the Graph connection and notification channels.',
};
