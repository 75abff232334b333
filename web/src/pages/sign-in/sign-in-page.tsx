import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { IconAlertCircle } from '@tabler/icons-react';
import { useRef, type FormEvent } from 'react';
import { messageOf } from '../../api/client';
import { signIn } from '../../api/session';
import { ColorSchemeToggle } from '../../shell/color-scheme-toggle';

export function SignInPage() {
  useDocumentTitle('Sign in · TenantAtlas');
  const { returnTo } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const queryClient = useQueryClient();
  const password = useRef<HTMLInputElement>(null);
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

  return (
    <main className="sign-in">
      <div className="sign-in-corner">
        <ColorSchemeToggle />
      </div>
      <Paper className="sign-in-card" p={{ base: 'lg', sm: 'xl' }} shadow="sm">
        <img src="/icon.svg" alt="" width={44} height={44} />
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
            {enter.isError && (
              <Alert data-tone="red" icon={<IconAlertCircle aria-hidden />} role="alert">
                {messageOf(enter.error)}
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
      </Paper>
    </main>
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
