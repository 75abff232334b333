import { Group } from '@mantine/core';
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
    <table className="data-table">
      <caption className="visually-hidden">Findings by policy</caption>
      <thead>
        <tr>
          {columns.map(({ key, header, width }) => (
            <th key={key} scope="col" style={width === undefined ? undefined : { width }}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      {byPolicy(props.findings).map((own) => (
        <tbody key={own[0]?.policyId}>
          <tr className="row-group">
            <th scope="rowgroup" colSpan={columns.length}>
              <GroupHead findings={own} />
            </th>
          </tr>
          {own.map((finding) => (
            <tr key={finding.id}>
              {columns.map(({ key, header, cell, isHeading }) =>
                isHeading === true ? (
                  <th key={key} scope="row" className="row-heading">
                    {cell(finding)}
                  </th>
                ) : (
                  <td key={key} data-label={typeof header === 'string' ? header : undefined}>
                    {cell(finding)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
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
