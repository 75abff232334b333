import {
  IconArrowsDiff,
  IconCircleCheck,
  IconCircleDashed,
  IconCirclePlus,
  IconHelpCircle,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ImportedPolicy, ImportState } from '../../api/interchange';
import type { Tone } from '../../ui/tone';
import { countOf } from '../../ui/format';

export const IMPORT_STATES = ['different', 'not_in_tenant', 'ambiguous', 'not_compared', 'equal'] as const;

export const IMPORT_LOOKS: Record<ImportState, { words: string; tone: Tone; Icon: TablerIcon }> = {
  equal: { words: 'Equal', tone: 'green', Icon: IconCircleCheck },
  different: { words: 'Different', tone: 'amber', Icon: IconArrowsDiff },
  not_in_tenant: { words: 'Not in the tenant', tone: 'blue', Icon: IconCirclePlus },
  ambiguous: { words: 'Several of this name', tone: 'amber', Icon: IconHelpCircle },
  not_compared: { words: 'Not compared', tone: 'gray', Icon: IconCircleDashed },
};

/** What of a file could not be compared, or was left out, each as a sentence. */
export function limitsOf(policy: ImportedPolicy): string[] {
  const limits: string[] = [];
  if (policy.missing.length > 0) limits.push(`The file leaves out: ${policy.missing.join(', ')}.`);
  if (policy.state === 'equal' || policy.state === 'different') {
    if (!policy.assignmentsComparable) limits.push('Assignments were not compared.');
    if (!policy.scopeTagsComparable) limits.push('Scope tags were not compared.');
  }
  if (policy.secretsMasked > 0) limits.push(`${countOf(policy.secretsMasked, 'secret')} not in the file or not kept.`);
  return limits;
}
