import { notifications } from '@mantine/notifications';

/** Puts a text on the clipboard and says so. @param what e.g. `The value` */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notifications.show({ message: `${what} is on the clipboard.`, autoClose: 2_500 });
  } catch {
    notifications.show({
      color: 'red',
      title: 'Not copied',
      message: 'The browser does not let this page use the clipboard. Select the text and copy it by hand.',
    });
  }
}
