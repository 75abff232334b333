import { Button, Center } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { IconLock } from '@tabler/icons-react';
import { signOut } from '../api/session';
import { AppLink } from '../ui/app-link';
import { EmptyState } from '../ui/states';

/** 403: a link into a tenant that is not this person's. Whether the tenant exists is not told. */
export function ForbiddenPage({ email }: { email: string }) {
  const queryClient = useQueryClient();
  const { history } = useRouter();
  const signInAsOther = async (): Promise<void> => {
    const returnTo = history.location.href;
    // A session that cannot be ended is replaced by the next one.
    await signOut().catch(() => undefined);
    queryClient.clear();
    history.push(`/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
  };
  return (
    <Center mih="80vh" component="main">
      <EmptyState
        icon={<IconLock size={26} />}
        isPage
        title="You have no access to this page"
        action={
          <>
            <Button component={AppLink} href="/">
              Go to your tenants
            </Button>
            <Button variant="default" onClick={() => void signInAsOther()}>
              Use another account
            </Button>
          </>
        }
      >
        It belongs to a tenant that you are not a member of, or that does not exist. You are signed in as {email}. Ask
        whoever gave you the address, or an owner of that tenant, to add you.
      </EmptyState>
    </Center>
  );
}
