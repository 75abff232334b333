import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import {
  accountKey,
  linkMicrosoft,
  microsoftAccountsQuery,
  microsoftSignInQuery,
  unlinkMicrosoft,
  type MicrosoftAccount,
} from '../../api/account';
import { messageOf } from '../../api/client';
import { ConfirmModal } from '../../ui/confirm-modal';
import { DataTable, type Column } from '../../ui/data-table';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TimeAgo } from '../../ui/time-ago';

/** The Microsoft accounts that the person signs in with. */
export function MicrosoftSection() {
  const queryClient = useQueryClient();
  const here = useLocation({ select: ({ pathname }) => pathname });
  const accounts = useQuery(microsoftAccountsQuery);
  const signIn = useQuery(microsoftSignInQuery).data;
  const [unlinking, setUnlinking] = useState<MicrosoftAccount | null>(null);
  const link = useMutation({
    mutationFn: () => linkMicrosoft(here),
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) => notifications.show({ color: 'red', title: 'Not linked', message: messageOf(error) }),
  });
  const columns: Column<MicrosoftAccount>[] = [
    {
      key: 'account',
      header: 'Account',
      isHeading: true,
      cell: ({ objectId, directory, linkedAt }) => (
        <>
          <code>{objectId}</code>
          <div className="cell-note">
            in directory <code>{directory}</code>, linked <TimeAgo at={linkedAt} />
          </div>
        </>
      ),
    },
    {
      key: 'used',
      header: 'Last sign-in',
      width: 140,
      cell: ({ lastSignInAt }) =>
        lastSignInAt === null ? <span className="cell-note">Never</span> : <TimeAgo at={lastSignInAt} />,
    },
    {
      key: 'actions',
      header: 'Actions',
      width: 110,
      align: 'right',
      cell: (account) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Unlink ${account.objectId}`}
          onClick={() => setUnlinking(account)}
        >
          Unlink
        </Button>
      ),
    },
  ];
  return (
    <Section
      title="Microsoft accounts"
      description="Sign in with them instead of your password."
      actions={
        signIn?.available === true && (
          <Button variant="default" loading={link.isPending} onClick={() => link.mutate()}>
            Link an account
          </Button>
        )
      }
      flush
    >
      <QueryView query={accounts}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed" px="md" pb="md">
              {signIn?.available === false ? (signIn.message ?? 'This is not set up here.') : 'None is linked yet.'}
            </Text>
          ) : (
            <DataTable
              caption="Linked Microsoft accounts, oldest first"
              columns={columns}
              rows={items}
              keyOf={({ directory, objectId }) => `${directory} ${objectId}`}
            />
          )
        }
      </QueryView>
      <ConfirmModal
        opened={unlinking !== null}
        onClose={() => setUnlinking(null)}
        title="Unlink the account"
        confirm="Unlink"
        action={async () => {
          if (unlinking !== null) await unlinkMicrosoft(unlinking);
          await queryClient.invalidateQueries({ queryKey: accountKey });
        }}
      >
        You do not sign in with this Microsoft account any more. Sessions that were begun with it go on.
      </ConfirmModal>
    </Section>
  );
}
