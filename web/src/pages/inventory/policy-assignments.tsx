import { Text } from '@mantine/core';
import type { PolicyAssignment } from '../../api/policies';
import { DataTable, type Column } from '../../ui/data-table';
import { wordsOf } from '../../ui/format';
import { Section } from '../../ui/section';

const TARGET_WORDS: Readonly<Record<string, string>> = {
  group: 'Group',
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
      const id = groupId ?? collectionId;
      return id === undefined ? '–' : <code>{id}</code>;
    },
  },
  {
    key: 'filter',
    header: 'Filter',
    cell: ({ filterId, filterType }) =>
      filterId === undefined ? (
        '–'
      ) : (
        <div>
          {filterType === undefined ? '' : `${wordsOf(filterType)} `}
          <code>{filterId}</code>
        </div>
      ),
  },
];

/** @param read whether the assignments were read to their end */
export function PolicyAssignments({ assignments, read }: { assignments: readonly PolicyAssignment[]; read: boolean }) {
  return (
    <Section title="Assignments" flush>
      {assignments.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {read ? 'This policy is assigned to nobody.' : 'The assignments could not be read; run a sync to try again.'}
        </Text>
      ) : (
        <DataTable
          caption="Assignments"
          columns={COLUMNS}
          rows={assignments}
          keyOf={(assignment) => JSON.stringify(assignment)}
        />
      )}
    </Section>
  );
}
