import { useQuery } from '@tanstack/react-query';
import { IconBell } from '@tabler/icons-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { notesQuery } from '../api/notifications';
import { countOf } from '../ui/format';

const MOST_COUNTED = 99;

/** How many notifications are unread. */
export function BellButton(props: ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> }) {
  const unread = useQuery(notesQuery).data?.unread ?? 0;
  return (
    <button
      {...props}
      type="button"
      className="frame-button bell"
      aria-label={unread === 0 ? 'Notifications' : `Notifications, ${countOf(unread, 'unread', 'unread')}`}
    >
      <IconBell size={20} stroke={1.6} aria-hidden />
      {unread > 0 && (
        <span className="bell-count" aria-hidden>
          {unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}
        </span>
      )}
    </button>
  );
}
