import type { TablerIcon } from '@tabler/icons-react';
import type { Tone } from './tone';

interface ToneBadgeProps {
  tone: Tone;
  Icon?: TablerIcon;
  children: string;
}

/** A state as icon, word and colour; never by colour alone. */
export function ToneBadge({ tone, Icon, children }: ToneBadgeProps) {
  return (
    <span className="tone-badge" data-tone={tone}>
      {Icon !== undefined && <Icon size={15} stroke={2} aria-hidden />}
      {children}
    </span>
  );
}
