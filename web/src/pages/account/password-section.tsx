import { Button, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { accountKey, changePassword } from '../../api/account';
import { faultOf } from '../../ui/fault-of';
import { ProblemAlert } from '../../ui/problem-alert';
import { Section } from '../../ui/section';
import { PASSWORD_RULE } from './password-words';

export function PasswordSection() {
  const { user } = useTenant();
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: async () => {
      for (const clear of [setCurrent, setNext, setAgain]) clear('');
      notifications.show({ color: 'atlas', title: 'Password changed', message: 'Every other session was ended.' });
      await queryClient.invalidateQueries({ queryKey: accountKey });
    },
  });
  const differs = again !== '' && again !== next;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (again === next) change.mutate();
  };
  return (
    <Section title="Password" description="A change ends every other session of yours. API tokens go on.">
      <form onSubmit={submit}>
        <Stack maw={320} gap="sm">
          <ProblemAlert error={change.error} />
          <input type="text" autoComplete="username" value={user.email} readOnly hidden />
          <PasswordInput
            label="Present password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            error={faultOf(change.error, 'currentPassword')}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label="New password"
            description={PASSWORD_RULE}
            autoComplete="new-password"
            required
            withAsterisk={false}
            value={next}
            error={faultOf(change.error, 'newPassword')}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <PasswordInput
            label="New password again"
            autoComplete="new-password"
            required
            withAsterisk={false}
            value={again}
            error={differs ? 'This is not the same as above.' : undefined}
            onChange={(event) => setAgain(event.currentTarget.value)}
          />
          <Button
            type="submit"
            loading={change.isPending}
            disabled={current === '' || next === '' || again !== next}
            style={{ alignSelf: 'flex-start' }}
          >
            Change password
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
