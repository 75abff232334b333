import { ActionIcon, Group, NativeSelect, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconArrowsDiff, IconArrowsLeftRight } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import { policyQuery, policyVersionsQuery, type Policy, type PolicyVersion } from '../../api/policies';
import { absoluteTime } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { EmptyState } from '../../ui/states';
import { VersionDifferences } from './version-differences';

const ROUTE = '/t/$tenantId/inventory/policies/$policyId/compare';

/** What differs between two versions of a policy, any two and in either order; both are in the URL. */
export function CompareVersionsPage() {
  const { policyId } = useParams({ from: ROUTE });
  const { tenantId } = useTenant();
  const policy = useQuery(policyQuery(tenantId, policyId));
  return (
    <QueryView query={policy} isPage>
      {(data) => <CompareVersions policy={data} />}
    </QueryView>
  );
}

function CompareVersions({ policy }: { policy: Policy }) {
  const { tenantId } = useTenant();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const versions = useQuery(policyVersionsQuery(tenantId, policy.id));
  return (
    <>
      <PageHeader
        title="Compare versions"
        description={policy.name}
        parent={{ label: policy.name, to: `/inventory/policies/${policy.id}` }}
      />
      <QueryView query={versions}>
        {({ items }) => {
          const from = search.from ?? items[1]?.id;
          const to = search.to ?? items[0]?.id;
          if (from === undefined || to === undefined) {
            return (
              <EmptyState icon={<IconArrowsDiff size={26} />} title="There is one version only">
                A second one is kept when a sync finds the policy changed.
              </EmptyState>
            );
          }
          const go = (change: { from?: string; to?: string }): void =>
            void navigate({ search: { ...search, from, to, ...change }, replace: true });
          return (
            <>
              <Section title="Versions">
                <Group align="flex-end" gap="sm">
                  <VersionSelect label="Before" versions={items} value={from} onPick={(id) => go({ from: id })} />
                  <Tooltip label="Swap the sides">
                    <ActionIcon
                      variant="default"
                      size={36}
                      aria-label="Swap the sides"
                      onClick={() => go({ from: to, to: from })}
                    >
                      <IconArrowsLeftRight size={16} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                  <VersionSelect label="After" versions={items} value={to} onPick={(id) => go({ to: id })} />
                </Group>
              </Section>
              <VersionDifferences
                key={`${from} ${to}`}
                policyId={policy.id}
                from={from}
                to={to}
                show={search.show === 'all' ? 'all' : 'changes'}
                onShow={(show) =>
                  void navigate({
                    search: { ...search, show: show === 'all' ? 'all' : undefined },
                    replace: true,
                    resetScroll: false,
                    hash: true,
                  })
                }
              />
            </>
          );
        }}
      </QueryView>
    </>
  );
}

interface VersionSelectProps {
  label: string;
  versions: readonly PolicyVersion[];
  value: string;
  onPick: (id: string) => void;
}

function VersionSelect({ label, versions, value, onPick }: VersionSelectProps) {
  const options = versions.map(({ id, createdAt, current }) => ({
    value: id,
    label: `Version ${id}${current ? ' (current)' : ''}, ${absoluteTime(createdAt)}`,
  }));
  // A shared link may name one that is older than those listed.
  const isListed = versions.some(({ id }) => id === value);
  return (
    <NativeSelect
      label={label}
      flex="1 1 230px"
      miw={0}
      maw={420}
      data={isListed ? options : [...options, { value, label: `Version ${value}` }]}
      value={value}
      onChange={(event) => onPick(event.currentTarget.value)}
    />
  );
}
