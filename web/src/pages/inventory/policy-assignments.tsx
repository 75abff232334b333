import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { policyDependenciesQuery, type Policy, type PolicyAssignment } from '../../api/policies';
import { GroupName } from '../../inventory/group-name';
import { AppLink } from '../../ui/app-link';
import { DataTable, type Column } from '../../ui/data-table';
import { wordsOf } from '../../ui/format';

const TARGET_WORDS: Readonly<Record<string, string>> = {
  group: 'Included group',
  exclusionGroup: 'Excluded group',
  allDevices: 'All devices',
  allLicensedUsers: 'All users',
};

const COLUMNS: Column<PolicyAssignment>[] = [
  { key: 'target', header: 'Target', isHeading: true, cell: ({ target }) => TARGET_WORDS[target] ?? wordsOf(target) },
  {
    key: 'id',
    header: 'Group or collection',
    cell: ({ groupId, collectionId }) => {
      if (groupId !== undefined) return <GroupName groupId={groupId} />;
      return collectionId === undefined ? '–' : <code>{collectionId}</code>;
    },
  },
];

const INTENT: Column<PolicyAssignment> = {
  key: 'intent',
  header: 'Intent',
  width: 160,
  cell: ({ intent }) => (intent === undefined ? '–' : wordsOf(intent)),
};

/** Whom the policy is for; groups and filters by name where they are known. */
export function PolicyAssignments({ policy }: { policy: Policy }) {
  const { assignments, completeness, assignment, id } = policy;
  const filter: Column<PolicyAssignment> = {
    key: 'filter',
    header: 'Filter',
    cell: ({ filterId, filterType }) =>
      filterId === undefined ? '–' : <AssignmentFilter policyId={id} filterId={filterId} type={filterType} />,
  };
  const hasIntent = assignments.some(({ intent }) => intent !== undefined);
  if (assignments.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="md">
        {assignment === 'not_assignable'
          ? 'Policies of this type are not assigned.'
          : completeness.assignmentsRead
            ? 'This policy is assigned to nobody.'
            : 'The assignments could not be read; run a sync to try again.'}
      </Text>
    );
  }
  return (
    <DataTable
      caption="Assignments"
      columns={[...COLUMNS, ...(hasIntent ? [INTENT] : []), filter]}
      rows={assignments}
      keyOf={(each) => JSON.stringify(each)}
    />
  );
}

interface AssignmentFilterProps {
  policyId: string;
  filterId: string;
  type: string | undefined;
}

/** Filters are part of the inventory, so the policy's dependencies know their names. */
function AssignmentFilter({ policyId, filterId, type }: AssignmentFilterProps) {
  const { tenantId } = useTenant();
  const dependencies = useQuery(policyDependenciesQuery(tenantId, policyId)).data;
  const known = dependencies?.uses.find(
    (each) => each.via === 'assignmentFilter' && each.externalId === filterId.toLowerCase(),
  );
  return (
    <div>
      {type === undefined ? '' : `${wordsOf(type)} `}
      {known?.policyId == null ? (
        <code>{filterId}</code>
      ) : (
        <AppLink href={`/t/${tenantId}/inventory/policies/${known.policyId}`} className="link">
          {known.name ?? filterId}
        </AppLink>
      )}
    </div>
  );
}
