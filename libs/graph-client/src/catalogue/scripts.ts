import { defineType, graphTypes, listOf, onItem, type Row } from './define-type.js';
import { SCRIPTS_PERMISSIONS } from './permissions.js';
import type { PolicyType } from './policy-type.js';

type Script = Pick<Row, 'key' | 'label' | 'volatile' | 'readOnly'> & {
  contents: readonly string[];
  licence?: string;
};

/**
 * The list answers null where the content of a script stands; IntuneCD and IntuneManagement read each script by id. The
 * content may hold secrets of whoever wrote it: it is content all the same, and told to nobody who may not see the policy.
 */
function script({ contents, licence, volatile = [], ...given }: Script): PolicyType {
  return defineType({
    ...given,
    category: 'Scripts',
    collection: listOf(`deviceManagement/${given.key}s`, SCRIPTS_PERMISSIONS, {
      ...onItem(...contents),
      ...(licence === undefined ? {} : { licence }),
    }),
    odataTypes: graphTypes(given.key),
    volatile: [...volatile, 'runSummary', 'deviceRunStates'],
    base64Fields: contents,
  });
}

/** What those that run for users as well have besides. */
const FOR_USERS_TOO = { contents: ['scriptContent'], volatile: ['groupAssignments', 'userRunStates'] } as const;

export const SCRIPT_TYPES: readonly PolicyType[] = [
  script({ ...FOR_USERS_TOO, key: 'deviceManagementScript', label: 'Windows PowerShell script' }),
  script({ ...FOR_USERS_TOO, key: 'deviceShellScript', label: 'macOS shell script' }),
  script({ ...FOR_USERS_TOO, key: 'deviceCustomAttributeShellScript', label: 'macOS custom attribute' }),
  // Microsoft's own ones (`isGlobalScript`) are listed, too, and only their assignments can be changed; `$filter` on it
  // does not work (IntuneManagement L743-758).
  script({
    key: 'deviceHealthScript',
    label: 'Remediation script',
    contents: ['detectionScriptContent', 'remediationScriptContent'],
    volatile: ['version', 'highestAvailableVersion'],
    readOnly: ['isGlobalScript'],
    licence: 'Windows Enterprise E3 or E5',
  }),
];
