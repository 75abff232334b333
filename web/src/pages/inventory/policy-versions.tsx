import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { policyVersionsQuery, type PolicyVersion } from '../../api/policies';
import { AppLink } from '../../ui/app-link';
import { CompleteBadge } from '../../ui/complete-badge';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf } from '../../ui/format';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TimeAgo } from '../../ui/time-ago';

const columnsOf = (compareAddress: (version: PolicyVersion) => string | null): Column<PolicyVersion>[] => [
  {
    key: 'version',
    header: 'Version',
    isHeading: true,
    cell: (version) => (
      <>
        <span className="nowrap">Version {version.id}</span>
        {version.current && <div className="cell-note">Current</div>}
      </>
    ),
  },
  { key: 'name', header: 'Name then', cell: (version) => version.name },
  {
    key: 'complete',
    header: 'Read',
    width: 150,
    cell: (version) => <CompleteBadge complete={version.completeness.complete} />,
  },
  { key: 'at', header: 'First seen', width: 150, cell: (version) => <TimeAgo at={version.createdAt} /> },
  {
    key: 'compare',
    header: 'Differences',
    width: 210,
    cell: (version) => {
      const address = compareAddress(version);
      return address === null ? (
        '–'
      ) : (
        <AppLink href={address} className="link" aria-label={`Compare version ${version.id} with the one before`}>
          Compare with the one before
        </AppLink>
      );
    },
  },
];

export function PolicyVersions({ policyId }: { policyId: string }) {
  const { tenantId } = useTenant();
  const versions = useQuery(policyVersionsQuery(tenantId, policyId));
  const known = versions.data?.items ?? [];
  const compare = `/t/${tenantId}/inventory/policies/${policyId}/compare`;
  const columns = columnsOf((version) => {
    const before = known[known.indexOf(version) + 1];
    return before === undefined ? null : `${compare}?from=${before.id}&to=${version.id}`;
  });
  return (
    <Section
      title="Versions"
      description="A version is kept whenever a sync finds the policy changed."
      actions={
        known.length > 1 && (
          <AppLink href={compare} className="link-small">
            Compare any two
          </AppLink>
        )
      }
      flush
    >
      <QueryView query={versions}>
        {(page) => (
          <>
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
    </Section>
  );
}
