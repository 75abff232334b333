import { Notifications, useNotifications } from '@mantine/notifications';
import { useState } from 'react';

/** What is told for a moment in a corner. A page that has told nothing yet does not carry the frame for it. */
export function Toasts() {
  const told = useNotifications().notifications.length > 0;
  const [isNeeded, setNeeded] = useState(told);
  if (told && !isNeeded) setNeeded(true);
  return isNeeded && <Notifications position="bottom-left" autoClose={8_000} limit={4} />;
}
