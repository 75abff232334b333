import { IconCrown, IconEye, IconPlayerPlay, IconShieldCheck, type TablerIcon } from '@tabler/icons-react';
import type { Role } from '#libs/access-model/src/permissions.js';
import type { Tone } from '../../ui/tone';
import { ToneBadge } from '../../ui/tone-badge';

const LOOKS: Record<Role, { tone: Tone; Icon: TablerIcon }> = {
  Readonly: { tone: 'gray', Icon: IconEye },
  Operator: { tone: 'blue', Icon: IconPlayerPlay },
  Manager: { tone: 'green', Icon: IconShieldCheck },
  Owner: { tone: 'amber', Icon: IconCrown },
};

export function RoleBadge({ role }: { role: Role }) {
  return <ToneBadge {...LOOKS[role]}>{role}</ToneBadge>;
}
