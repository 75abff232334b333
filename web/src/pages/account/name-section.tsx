import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { rename } from '../../api/account';
import { meQuery } from '../../api/session';
import { faultOf } from '../../ui/fault-of';
import { ProblemAlert } from '../../ui/problem-alert';
import { Section } from '../../ui/section';

export function NameSection() {
  const { user } = useTenant();
  const queryClient = useQueryClient();
  const [name, setName] = useState(user.name);
  const save = useMutation({
    mutationFn: () => rename(name.trim()),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      notifications.show({
        color: 'atlas',
        title: 'Name saved',
        message: 'What you did before keeps your former name.',
      });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Section title="You">
      <form onSubmit={submit} className="form-row">
        <ProblemAlert error={save.error} />
        <TextInput
          label="Name"
          autoComplete="name"
          required
          maxLength={200}
          w={{ base: '100%', sm: 320 }}
          value={name}
          error={faultOf(save.error, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput label="E-mail" value={user.email} readOnly variant="filled" w={{ base: '100%', sm: 320 }} />
        <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || name.trim() === user.name}>
          Save
        </Button>
      </form>
    </Section>
  );
}
