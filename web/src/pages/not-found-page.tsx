import { Button, Center } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { AppLink } from '../ui/app-link';
import { EmptyState } from '../ui/states';

export function NotFoundPage() {
  return (
    <Center mih="60vh">
      <EmptyState
        icon={<IconMapQuestion size={26} />}
        isPage
        title="There is no such page"
        action={
          <Button component={AppLink} href="/" variant="default">
            Go to the start page
          </Button>
        }
      >
        The address may be mistyped, or the page may have moved.
      </EmptyState>
    </Center>
  );
}
