import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHourglass,
  IconLicenseOff,
  IconLock,
  type TablerIcon,
} from '@tabler/icons-react';
import type { CoverageState } from '../../api/sync-runs';
import type { Tone } from '../../ui/tone';

export const COVERAGE_LOOKS: Record<CoverageState, { words: string; tone: Tone; Icon: TablerIcon }> = {
  read: { words: 'Read', tone: 'green', Icon: IconCircleCheck },
  partial: { words: 'Partly read', tone: 'amber', Icon: IconAlertTriangle },
  forbidden: { words: 'Forbidden', tone: 'red', Icon: IconLock },
  throttled: { words: 'Throttled', tone: 'amber', Icon: IconHourglass },
  failed: { words: 'Failed', tone: 'red', Icon: IconCircleX },
  unsupported_licence: { words: 'No licence', tone: 'gray', Icon: IconLicenseOff },
};
