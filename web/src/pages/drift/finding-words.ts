import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconChecks,
  IconCircleCheck,
  IconCircleDot,
  IconInfoCircle,
  IconRotate,
  IconShieldCheck,
  type TablerIcon,
} from '@tabler/icons-react';
import type { FindingKind, FindingSeverity, FindingStatus } from '../../api/findings';
import type { Tone } from '../../ui/tone';

export const KIND_WORDS: Record<FindingKind, string> = {
  'policy.added': 'Policy added',
  'policy.removed': 'Policy removed',
  'policy.changed': 'Policy changed',
  'policy.renamed': 'Policy renamed',
  'policy.recreated': 'Policy recreated',
  'assignment.changed': 'Assignment changed',
};

interface Look {
  words: string;
  tone: Tone;
  Icon: TablerIcon;
}

export const SEVERITY_LOOKS: Record<FindingSeverity, Look> = {
  high: { words: 'High', tone: 'red', Icon: IconAlertOctagon },
  medium: { words: 'Medium', tone: 'amber', Icon: IconAlertTriangle },
  low: { words: 'Low', tone: 'gray', Icon: IconInfoCircle },
};

export const STATUS_LOOKS: Record<FindingStatus, Look> = {
  new: { words: 'New', tone: 'blue', Icon: IconCircleDot },
  acknowledged: { words: 'Acknowledged', tone: 'gray', Icon: IconChecks },
  accepted: { words: 'Accepted', tone: 'gray', Icon: IconShieldCheck },
  resolved: { words: 'Resolved', tone: 'green', Icon: IconCircleCheck },
  reopened: { words: 'Reopened', tone: 'amber', Icon: IconRotate },
};

/** Whether a person may still acknowledge it. */
export function isOpen(status: FindingStatus): boolean {
  return status === 'new' || status === 'reopened';
}
