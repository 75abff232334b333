import { Button, Center } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { EmptyState } from './states';

/** What is left when a page itself breaks, for example because a newer version was installed meanwhile. */
export function CrashPage() {
  return (
    <Center mih="60vh" role="alert">
      <EmptyState
        icon={<IconAlertTriangle size={26} />}
        isPage
        title="This page stopped working"
        action={<Button onClick={() => window.location.reload()}>Reload</Button>}
      >
        Nothing you started is lost: operations go on in the background. Reload to continue.
      </EmptyState>
    </Center>
  );
}
