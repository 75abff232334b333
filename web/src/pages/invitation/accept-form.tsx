import { Alert, Button, PasswordInput, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconAlertCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { Problem } from '../../api/client';
import { acceptInvitation } from '../../api/invitations';
import { faultOf } from '../../ui/fault-of';
import { ProblemAlert } from '../../ui/problem-alert';
import { PASSWORD_RULE } from '../account/password-words';

/** Accepts with a new account, or with the one that the address has; the page does not know which it is. */
export function AcceptForm({ token, email }: { token: string; email: string }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [isNew, setIsNew] = useState(true);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () => acceptInvitation(token, isNew ? { name: name.trim(), password } : { password }),
    onSuccess: async ({ tenantId }) => {
      queryClient.clear();
      await navigate({ to: '/t/$tenantId', params: { tenantId }, replace: true });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    accept.mutate();
  };
  const choose = (value: string): void => {
    setIsNew(value === 'new');
    accept.reset();
  };
  return (
    <form onSubmit={submit}>
      <Stack mt="lg" gap="md">
        <SegmentedControl
          fullWidth
          aria-label="Your account"
          value={isNew ? 'new' : 'known'}
          onChange={choose}
          data={[
            { value: 'new', label: 'I am new here' },
            { value: 'known', label: 'I have an account' },
          ]}
        />
        {isNew && isRefused(accept.error) ? (
          <Alert data-tone="red" icon={<IconAlertCircle aria-hidden />} role="alert">
            This did not work. If this address has an account already, choose “I have an account” and use its password.
          </Alert>
        ) : (
          <ProblemAlert error={accept.error} />
        )}
        {/* Password managers keep the password under the address. */}
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          value={email}
          readOnly
          variant="filled"
          size="md"
        />
        {isNew && (
          <TextInput
            label="Your name"
            autoComplete="name"
            required
            withAsterisk={false}
            maxLength={200}
            size="md"
            value={name}
            error={faultOf(accept.error, 'name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={isNew ? 'New password' : 'Password'}
          description={isNew ? PASSWORD_RULE : undefined}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          required
          withAsterisk={false}
          size="md"
          value={password}
          error={faultOf(accept.error, 'password')}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={accept.isPending}>
          {isNew ? 'Create account and join' : 'Sign in and join'}
        </Button>
      </Stack>
    </form>
  );
}

function isRefused(error: unknown): boolean {
  return error instanceof Problem && error.code === 'auth.invalid_credentials';
}
