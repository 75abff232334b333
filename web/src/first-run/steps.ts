import type { Permission } from '#libs/access-model/src/permissions.js';
import type { Overview } from '../api/overview';

/** The way from an empty tenant to one that is looked after, in its order. */
export const STEP_KEYS = ['connect', 'sync', 'backup', 'drift'] as const;
export type StepKey = (typeof STEP_KEYS)[number];

export interface Step {
  key: StepKey;
  title: string;
  /** What it is good for, or what stands in its way. */
  text: string;
  done: boolean;
  /** Whether what it stands on is done. */
  ready: boolean;
  /** What doing it needs. */
  permission: Permission;
}

/** The steps with where they stand; each follows from the data, so nobody ticks anything off. */
export function stepsOf({ connection, lastSync, policies, backups, drift }: Overview): Step[] {
  const refused = connection?.tested?.works === false ? connection.tested : undefined;
  const synced = lastSync !== null && (lastSync.outcome !== 'failed' || policies > 0);
  const connected = synced || (connection !== null && refused === undefined);
  return [
    {
      key: 'connect',
      title: 'Connect Microsoft Graph',
      text:
        refused === undefined
          ? 'An app registration lets TenantAtlas read the policies of this tenant. It changes nothing by itself.'
          : `${refused.message} ${refused.nextStep}`,
      done: connected,
      ready: true,
      permission: 'connection:write',
    },
    {
      key: 'sync',
      title: 'Run the first sync',
      text:
        lastSync !== null && !synced
          ? 'The last sync read nothing. Its page says why; run it again when that is mended.'
          : 'Reads every policy with its settings and assignments. It takes some seconds, a few minutes in a large tenant.',
      done: synced,
      ready: connected,
      permission: 'inventory:sync',
    },
    {
      key: 'backup',
      title: 'Keep a first backup set',
      text: backups.hasSets
        ? 'The backup set is empty. Add the policies that you want to be able to go back to.'
        : 'A backup set keeps policies as they are now, to compare with later.',
      done: backups.hasPolicies,
      ready: synced,
      permission: 'backup-sets:write',
    },
    {
      key: 'drift',
      title: 'Find the first drift',
      text:
        drift.missing === null
          ? 'There are two syncs to compare. Comparing them shows what changed in between.'
          : 'Drift is what changed between two syncs. Run a second one when something may have changed.',
      done: drift.lastComparison !== null,
      ready: synced,
      permission: drift.missing === null ? 'drift:generate' : 'inventory:sync',
    },
  ];
}

/** The first step that can be done now; undefined when all are. */
export function nextStepOf(steps: readonly Step[]): Step | undefined {
  return steps.find(({ done, ready }) => !done && ready);
}
