import { Group, Table } from '@mantine/core';
import { useTenant } from '../../access/tenant-context';
import { FINDING_SEVERITIES, type ListedFinding } from '../../api/findings';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { AppLink } from '../../ui/app-link';
import { ToneBadge } from '../../ui/tone-badge';
import { useFindingColumns, type FindingTableProps } from './finding-columns';
import { SEVERITY_LOOKS } from './finding-words';

/** The findings of a page, those of one policy together, in the order in which the policies come first. */
export function FindingGroups(props: FindingTableProps) {
  const columns = useFindingColumns({ ...props, isGrouped: true });
  return (
    <Table className="data-table" highlightOnHover verticalSpacing="sm" horizontalSpacing="md">
      <caption className="visually-hidden">Findings by policy</caption>
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ key, header, width }) => (
            <Table.Th key={key} scope="col" w={width}>
              {header}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      {byPolicy(props.findings).map((own) => (
        <Table.Tbody key={own[0]?.policyId}>
          <Table.Tr bg="var(--page)">
            <Table.Th scope="rowgroup" colSpan={columns.length}>
              <GroupHead findings={own} />
            </Table.Th>
          </Table.Tr>
          {own.map((finding) => (
            <Table.Tr key={finding.id}>
              {columns.map(({ key, header, cell, isHeading }) =>
                isHeading === true ? (
                  <Table.Th key={key} scope="row" className="row-heading">
                    {cell(finding)}
                  </Table.Th>
                ) : (
                  <Table.Td key={key} data-label={typeof header === 'string' ? header : undefined}>
                    {cell(finding)}
                  </Table.Td>
                ),
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      ))}
    </Table>
  );
}

/** Which policy it is, and how many findings of each severity it has. */
function GroupHead({ findings }: { findings: readonly ListedFinding[] }) {
  const { tenantId } = useTenant();
  const types = usePolicyTypes();
  const [first] = findings;
  if (first === undefined) return null;
  return (
    <Group justify="space-between" gap="xs">
      <div>
        <AppLink href={`/t/${tenantId}/inventory/policies/${first.policyId}`} className="link">
          {first.subjectName}
        </AppLink>
        <div className="cell-note">{types.labelOf(first.subjectType)}</div>
      </div>
      <Group gap={6}>
        {FINDING_SEVERITIES.map((severity) => {
          const count = findings.filter((finding) => finding.severity === severity).length;
          const { words, tone, Icon } = SEVERITY_LOOKS[severity];
          return (
            count > 0 && (
              <ToneBadge key={severity} tone={tone} Icon={Icon}>
                {`${count} ${words.toLowerCase()}`}
              </ToneBadge>
            )
          );
        })}
      </Group>
    </Group>
  );
}

function byPolicy(findings: readonly ListedFinding[]): ListedFinding[][] {
  const groups = new Map<string, ListedFinding[]>();
  for (const finding of findings) groups.set(finding.policyId, [...(groups.get(finding.policyId) ?? []), finding]);
  return [...groups.values()];
}
