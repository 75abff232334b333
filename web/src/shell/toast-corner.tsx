import { Notifications } from '@mantine/notifications';

/** What is told for a moment, in its corner. */
export function ToastCorner() {
  return <Notifications position="bottom-left" autoClose={8_000} limit={4} />;
}
