import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconPlayerPlay,
  type TablerIcon,
} from '@tabler/icons-react';
import type { RunBucket } from './run-bucket';

export const BUCKET_ICONS: Record<RunBucket, TablerIcon> = {
  queued: IconClock,
  running: IconPlayerPlay,
  succeeded: IconCircleCheck,
  partially_succeeded: IconAlertTriangle,
  failed: IconCircleX,
  cancelled: IconBan,
};
