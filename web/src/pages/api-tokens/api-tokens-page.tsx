import { Button, Paper } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { apiTokensKey, apiTokensQuery, revokeApiToken, type ApiToken } from '../../api/api-tokens';
import { ConfirmModal } from '../../ui/confirm-modal';
import { DataTable, type Column } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { Pager } from '../../ui/pager';
import { QueryView } from '../../ui/query-view';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { TimeUntil } from '../../ui/time-until';
import { ToneBadge } from '../../ui/tone-badge';
import { useNow } from '../../ui/use-now';
import { CreateTokenModal } from './create-token-modal';

const ROUTE = '/t/$tenantId/account/api-tokens';

/** The signed-in person's own tokens, for all of his tenants. */
export function ApiTokensPage() {
  const { cursor } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const queryClient = useQueryClient();
  const [creating, dialog] = useDisclosure(false);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const tokens = useQuery(apiTokensQuery(cursor));
  const createButton = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
      Create token
    </Button>
  );
  const columns: Column<ApiToken>[] = [
    {
      key: 'name',
      header: 'Name',
      isHeading: true,
      cell: ({ name, createdAt }) => (
        <>
          {name}
          <div className="cell-note">
            Created <TimeAgo at={createdAt} />
          </div>
        </>
      ),
    },
    { key: 'expires', header: 'Expires', width: 130, cell: ({ expiresAt }) => <Expiry at={expiresAt} /> },
    {
      key: 'used',
      header: 'Last used',
      width: 130,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? <span className="cell-note">Never</span> : <TimeAgo at={lastUsedAt} />,
    },
    {
      key: 'actions',
      header: 'Actions',
      width: 110,
      align: 'right',
      cell: (token) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Revoke ${token.name}`}
          onClick={() => setRevoking(token)}
        >
          Revoke
        </Button>
      ),
    },
  ];
  return (
    <>
      <PageHeader
        title="API tokens"
        description="Your own, for scripts. A token may do what you may, in every tenant of yours."
        actions={createButton}
      />
      <Paper className="section">
        <QueryView query={tokens}>
          {(page) => (
            <>
              {page.items.length > 0 ? (
                <DataTable
                  caption="Your API tokens, newest first"
                  columns={columns}
                  rows={page.items}
                  keyOf={({ id }) => id}
                />
              ) : (
                <EmptyState icon={<IconKey size={26} />} title="No token yet" action={createButton}>
                  Create one to call the API from a script. The API is described at{' '}
                  <a href="/api/docs" className="link">
                    /api/docs
                  </a>
                  .
                </EmptyState>
              )}
              <Pager
                cursor={cursor}
                nextCursor={page.nextCursor}
                onMove={(next) => void navigate({ search: { cursor: next } })}
              />
            </>
          )}
        </QueryView>
      </Paper>
      <CreateTokenModal opened={creating} onClose={dialog.close} />
      <ConfirmModal
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title="Revoke token"
        confirm="Revoke"
        action={async () => {
          await revokeApiToken(revoking?.id ?? '');
          await queryClient.invalidateQueries({ queryKey: apiTokensKey });
        }}
      >
        Whatever uses <strong>{revoking?.name}</strong> is refused from its next call on. This cannot be taken back.
      </ConfirmModal>
    </>
  );
}

function Expiry({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <ToneBadge tone="amber">Never</ToneBadge>;
  return Date.parse(at) <= now ? <ToneBadge tone="red">Expired</ToneBadge> : <TimeUntil at={at} />;
}
