import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { policyVersionsQuery, type PolicyVersion } from '../../api/policies';
import { AppLink } from '../../ui/app-link';
import { CompleteBadge } from '../../ui/complete-badge';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf } from '../../ui/format';
import { QueryView } from '../../ui/query-view';
import { TimeAgo } from '../../ui/time-ago';

/** The addresses of a version's comparisons; null where there is nothing to compare it with. */
interface Comparisons {
  before: string | null;
  current: string | null;
}

const columnsOf = (comparisonsOf: (version: PolicyVersion) => Comparisons): Column<PolicyVersion>[] => [
  {
    key: 'version',
    header: 'Version',
    isHeading: true,
    width: 190,
    cell: (version) => (
      <>
        <span className="nowrap">Version {version.id}</span>
        <div className="cell-note">
          {version.current && 'Current, '}
          <TimeAgo at={version.createdAt} />
        </div>
        {!version.completeness.complete && <CompleteBadge complete={false} />}
      </>
    ),
  },
  { key: 'name', header: 'Name then', cell: (version) => version.name },
  {
    key: 'compare',
    header: 'Compare with',
    width: 190,
    cell: (version) => {
      const { before, current } = comparisonsOf(version);
      if (before === null && current === null) return '–';
      return (
        <Stack gap={4} align="flex-start">
          {before !== null && (
            <AppLink href={before} className="link" aria-label={`Compare version ${version.id} with the one before`}>
              The one before
            </AppLink>
          )}
          {current !== null && (
            <AppLink href={current} className="link" aria-label={`Compare version ${version.id} with the current one`}>
              The current one
            </AppLink>
          )}
        </Stack>
      );
    },
  },
];

/** The timeline of a policy; any two of its versions can be compared. */
export function PolicyVersions({ policyId }: { policyId: string }) {
  const { tenantId } = useTenant();
  const versions = useQuery(policyVersionsQuery(tenantId, policyId));
  const known = versions.data?.items ?? [];
  const compare = `/t/${tenantId}/inventory/policies/${policyId}/compare`;
  const current = known.find((version) => version.current);
  const columns = columnsOf((version) => {
    const before = known[known.indexOf(version) + 1];
    // The newest but one has its comparison with the current one already.
    const isFar = current !== undefined && known.indexOf(version) > known.indexOf(current) + 1;
    return {
      before: before === undefined ? null : `${compare}?from=${before.id}&to=${version.id}`,
      current: isFar ? `${compare}?from=${version.id}&to=${current.id}` : null,
    };
  });
  return (
    <QueryView query={versions}>
      {(page) => (
        <>
          <Group justify="space-between" px="md" py="sm">
            <Text size="sm" c="dimmed">
              A version is kept whenever a sync finds the policy changed.
            </Text>
            {page.items.length > 1 && (
              <AppLink href={compare} className="link-small">
                Compare any two
              </AppLink>
            )}
          </Group>
          <DataTable
            caption="Versions, newest first"
            columns={columns}
            rows={page.items}
            keyOf={(version) => version.id}
          />
          {page.nextCursor !== null && (
            <Text size="sm" c="dimmed" px="md" py="sm">
              The newest {countOf(page.items.length, 'version')} are shown; older ones are kept.
            </Text>
          )}
        </>
      )}
    </QueryView>
  );
}
