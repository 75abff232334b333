import { Alert, Button, Divider, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { IconAlertCircle } from '@tabler/icons-react';
import { useRef, type FormEvent } from 'react';
import { messageOf } from '../../api/client';
import { entraQuery, entraStart, signIn } from '../../api/session';
import { ThemeMenu } from '../../shell/theme-choice';
import { Logo } from '../../ui/logo';

export function SignInPage() {
  useDocumentTitle('Sign in · TenantAtlas');
  const { returnTo, problem } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const queryClient = useQueryClient();
  const password = useRef<HTMLInputElement>(null);
  const entra = useQuery(entraQuery).data;
  const enter = useMutation({
    mutationFn: ({ email, secret }: { email: string; secret: string }) => signIn(email, secret),
    onSuccess: () => {
      queryClient.clear();
      router.history.replace(ownPath(returnTo));
    },
    onError: () => password.current?.select(),
  });

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    enter.mutate({ email: textOf(form.get('email')).trim(), secret: textOf(form.get('password')) });
  };

  const fault = enter.isError
    ? messageOf(enter.error)
    : problem === undefined
      ? null
      : (entra?.problems[problem] ?? 'Signing in with Microsoft did not work. Try again.');
  return (
    <main className="sign-in">
      <div className="sign-in-corner">
        <ThemeMenu />
      </div>
      <Paper className="sign-in-card" p={{ base: 'lg', sm: 'xl' }} shadow="sm">
        <Logo size={44} />
        <Title order={1} mt="md">
          Sign in to TenantAtlas
        </Title>
        <Text c="dimmed" size="sm" mt={4}>
          {returnTo === undefined
            ? 'Inventory, drift and backup for your Intune tenants.'
            : 'Sign in to continue where you were.'}
        </Text>
        <form onSubmit={submit}>
          <Stack mt="lg" gap="md">
            {fault !== null && (
              <Alert data-tone="red" icon={<IconAlertCircle aria-hidden />} role="alert">
                {fault}
              </Alert>
            )}
            <TextInput
              label="E-mail"
              name="email"
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              autoFocus
              size="md"
            />
            <PasswordInput
              ref={password}
              label="Password"
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              size="md"
            />
            <Button type="submit" size="md" loading={enter.isPending} fullWidth>
              Sign in
            </Button>
          </Stack>
        </form>
        {entra?.available === true && (
          <>
            <Divider label="or" my="md" />
            <Button
              component="a"
              href={entraStart(ownPath(returnTo))}
              variant="default"
              size="md"
              fullWidth
              leftSection={<MicrosoftMark />}
            >
              Sign in with Microsoft
            </Button>
          </>
        )}
      </Paper>
    </main>
  );
}

function MicrosoftMark() {
  return (
    <svg width={18} height={18} viewBox="0 0 21 21" aria-hidden>
      <rect x="1" y="1" width="9" height="9" fill="#f25022" />
      <rect x="11" y="1" width="9" height="9" fill="#7fba00" />
      <rect x="1" y="11" width="9" height="9" fill="#00a4ef" />
      <rect x="11" y="11" width="9" height="9" fill="#ffb900" />
    </svg>
  );
}

/** A path of this application; an address that leads elsewhere, as a crafted link may carry, becomes the start page. */
function ownPath(returnTo: string | undefined): string {
  if (returnTo === undefined || !returnTo.startsWith('/')) return '/';
  const target = new URL(returnTo, window.location.origin);
  return target.origin === window.location.origin ? target.pathname + target.search : '/';
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}
