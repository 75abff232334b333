import { useNotifications } from '@mantine/notifications';
import { Suspense, useState } from 'react';
import { lazyPart } from './lazy-part';

const ToastCorner = lazyPart(() => import('./toast-corner'), 'ToastCorner');

/** What is told for a moment in a corner. A page that has told nothing yet does not carry the frame for it. */
export function Toasts() {
  const told = useNotifications().notifications.length > 0;
  const [isNeeded, setNeeded] = useState(told);
  if (told && !isNeeded) setNeeded(true);
  return (
    isNeeded && (
      <Suspense>
        <ToastCorner />
      </Suspense>
    )
  );
}
