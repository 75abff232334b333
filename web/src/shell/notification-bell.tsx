import { Suspense, useState } from 'react';
import { BellButton } from './bell-button';
import { lazyPart } from './lazy-part';

const NotesPopover = lazyPart(() => import('./notes-popover'), 'NotesPopover');

/** How many notifications are unread; the newest come with the first click. */
export function NotificationBell() {
  const [isWanted, setWanted] = useState(false);
  const button = <BellButton aria-haspopup="dialog" aria-expanded={false} onClick={() => setWanted(true)} />;
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <NotesPopover />
    </Suspense>
  );
}
