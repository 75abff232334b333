import { Alert, Button, Center, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { IconMailOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ROLE_WORDS } from '../../access/role-words';
import { messageOf, Problem } from '../../api/client';
import { joinTenant, openInvitation, type OpenedInvitation } from '../../api/invitations';
import { meQuery, signOut, type User } from '../../api/session';
import { ThemeMenu } from '../../shell/theme-choice';
import { absoluteTime } from '../../ui/format';
import { ProblemAlert } from '../../ui/problem-alert';
import { EmptyState, ErrorState } from '../../ui/states';
import { AcceptForm } from './accept-form';

/** Where the link of an invitation leads. Its token stands behind the `#`, and goes to the API in a body alone. */
export function InvitationPage() {
  useDocumentTitle('Invitation · TenantAtlas');
  const token = useLocation({ select: ({ hash }) => hash });
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => openInvitation(token),
    refetchInterval: false,
    staleTime: Infinity,
  });
  // Not to be signed in is no error here.
  const me = useQuery({ ...meQuery, retry: false });
  if (invitation.isError) return <Frame>{refusal(invitation.error, () => void invitation.refetch())}</Frame>;
  if (invitation.data === undefined || me.isPending) {
    return (
      <Frame>
        <Center mih={240}>
          <Loader aria-label="Loading the invitation" />
        </Center>
      </Frame>
    );
  }
  return (
    <Frame>
      <Welcome invitation={invitation.data} token={token} user={me.data?.user} />
    </Frame>
  );
}

function Welcome({ invitation, token, user }: { invitation: OpenedInvitation; token: string; user: User | undefined }) {
  const { tenantName, email, role, invitedByName, expiresAt } = invitation;
  return (
    <>
      <img src="/icon.svg" alt="" width={44} height={44} />
      <Title order={1} mt="md" style={{ overflowWrap: 'anywhere' }}>
        Join {tenantName}
      </Title>
      <Text size="sm" mt={6} style={{ overflowWrap: 'anywhere' }}>
        {invitedByName} invites <strong>{email}</strong> to this tenant in TenantAtlas, with the role{' '}
        <strong>{role}</strong>.
      </Text>
      <Text size="sm" c="dimmed" mt={4}>
        {ROLE_WORDS[role]} The invitation ends {absoluteTime(expiresAt)}.
      </Text>
      {user === undefined && <AcceptForm token={token} email={email} />}
      {user?.email.toLowerCase() === email.toLowerCase() && <JoinAs token={token} user={user} />}
      {user !== undefined && user.email.toLowerCase() !== email.toLowerCase() && <SignedInAsAnother user={user} />}
    </>
  );
}

function JoinAs({ token, user }: { token: string; user: User }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const join = useMutation({
    mutationFn: () => joinTenant(token),
    onSuccess: async ({ tenantId }) => {
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      await navigate({ to: '/t/$tenantId', params: { tenantId }, replace: true });
    },
  });
  return (
    <Stack mt="lg">
      <ProblemAlert error={join.error} />
      <Text size="sm">You are signed in as {user.name}.</Text>
      <Button size="md" fullWidth loading={join.isPending} onClick={() => join.mutate()}>
        Join
      </Button>
    </Stack>
  );
}

function SignedInAsAnother({ user }: { user: User }) {
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => queryClient.resetQueries({ queryKey: meQuery.queryKey }),
  });
  return (
    <Stack mt="lg">
      <ProblemAlert error={leave.error} />
      <Alert data-tone="amber">
        You are signed in as {user.email}, and the invitation is for another address. Sign out to accept it.
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
          Sign out
        </Button>
      </Group>
    </Stack>
  );
}

function refusal(error: Error, onRetry: () => void): ReactNode {
  // 422: what stands in the address is no token at all.
  if (!(error instanceof Problem) || (error.status !== 403 && error.status !== 422)) {
    return <ErrorState error={error} onRetry={onRetry} isPage />;
  }
  return (
    <EmptyState icon={<IconMailOff size={26} />} title="This invitation cannot be used" isPage>
      {error.status === 403
        ? messageOf(error)
        : 'The link is not whole. Open it again from the message, or ask for a new one.'}
    </EmptyState>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <main className="sign-in">
      <div className="sign-in-corner">
        <ThemeMenu />
      </div>
      <Paper className="sign-in-card" p={{ base: 'lg', sm: 'xl' }} shadow="sm">
        {children}
      </Paper>
    </main>
  );
}
