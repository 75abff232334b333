import { Alert, Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouterState, useSearch } from '@tanstack/react-router';
import { IconPlugConnectedX, IconSearch } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { liveGroupsQuery, liveSearchStateQuery, type LiveGroup, type LiveSearchState } from '../../api/live-groups';
import { entraStart } from '../../api/session';
import { DataTable, type Column } from '../../ui/data-table';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { LoadingRows } from '../../ui/states';
import { kindsText } from './group-words';

const ROUTE = '/t/$tenantId/directory/groups';
/** Reasons that a sign-in with Microsoft takes away; the others are an administrator's. */
const SIGN_IN_HELPS: ReadonlySet<string> = new Set([
  'not_signed_in_with_microsoft',
  'other_directory',
  'sign_in_again',
]);
/** The API takes no shorter text. */
const SHORTEST = 2;

const COLUMNS: Column<LiveGroup>[] = [
  {
    key: 'name',
    header: 'Name',
    isHeading: true,
    cell: ({ displayName, description }) => (
      <>
        {displayName ?? 'No name'}
        {description !== null && <div className="cell-note">{description}</div>}
      </>
    ),
  },
  { key: 'kinds', header: 'Kind', width: 220, cell: ({ kinds }) => kindsText(kinds) },
  { key: 'mail', header: 'Mail', width: '22%', cell: ({ mail }) => mail ?? '–' },
  { key: 'id', header: 'Id', width: 330, cell: ({ id }) => <code>{id}</code> },
];

/** Groups as Microsoft Entra ID has them this moment, by the person's own sign-in; or why that cannot be asked now. */
export function LiveSearch() {
  const { tenantId } = useTenant();
  const state = useQuery(liveSearchStateQuery(tenantId));
  return (
    <Section
      title="Search in Microsoft Entra ID"
      description="Asks Microsoft live, with your own Microsoft sign-in, for groups that the cache may not know yet. Nothing of the answer is kept."
    >
      <QueryView query={state} loading={<LoadingRows />}>
        {(data) => (data.enabled ? <LiveForm /> : <Disabled state={data} />)}
      </QueryView>
    </Section>
  );
}

function Disabled({ state }: { state: LiveSearchState }) {
  const here = useRouterState({ select: ({ location }) => location.href });
  const canSignIn = state.reason !== null && SIGN_IN_HELPS.has(state.reason);
  return (
    <Alert data-tone="gray" icon={<IconPlugConnectedX aria-hidden />} title="Live search is off">
      <Text size="sm">{state.message}</Text>
      {canSignIn && (
        <Button component="a" href={entraStart(here)} size="xs" variant="default" mt="sm">
          Sign in with Microsoft
        </Button>
      )}
    </Alert>
  );
}

function LiveForm() {
  const { tenantId } = useTenant();
  const { live } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const [text, setText] = useState(live ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = text.trim();
    void navigate({
      search: (before) => ({ ...before, live: wanted === '' ? undefined : wanted }),
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="xs">
          <TextInput
            type="search"
            label="Name or mail begins with"
            minLength={SHORTEST}
            maxLength={100}
            flex="1 1 240px"
            maw={420}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" leftSection={<IconSearch size={16} aria-hidden />}>
            Search in Microsoft
          </Button>
        </Group>
      </form>
      {live !== undefined && <Found key={`${tenantId} ${live}`} search={live} />}
    </>
  );
}

function Found({ search }: { search: string }) {
  const { tenantId } = useTenant();
  const groups = useQuery(liveGroupsQuery(tenantId, search));
  return (
    <QueryView query={groups}>
      {({ items, more }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed" mt="md" role="status">
            Microsoft Entra ID has no group whose name or mail begins with “{search}”.
          </Text>
        ) : (
          <>
            <DataTable caption="Groups found live" columns={COLUMNS} rows={items} keyOf={({ id }) => id} />
            {more && (
              <Text size="sm" c="dimmed" mt="sm">
                There are more than these; write more of the name to see them.
              </Text>
            )}
          </>
        )
      }
    </QueryView>
  );
}
