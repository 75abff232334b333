import { Table, Text } from '@mantine/core';
import type { EvidenceChange } from '../api/findings';
import type { Tone } from './tone';
import { BreakableName } from './breakable-name';
import { ToneBadge } from './tone-badge';
import { ValueText } from './value-text';

const CHANGE_LOOKS: Record<EvidenceChange['change'], { words: string; tone: Tone }> = {
  added: { words: 'Added', tone: 'green' },
  removed: { words: 'Removed', tone: 'red' },
  changed: { words: 'Changed', tone: 'amber' },
};

/** Differences line by line, before beside after. */
export function ChangeTable({ changes }: { changes: readonly EvidenceChange[] }) {
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed" px="md" pb="md">
        No single value is listed for this finding: the policy as a whole came or went.
      </Text>
    );
  }
  return (
    <Table className="data-table change-table" verticalSpacing="sm" horizontalSpacing="md" layout="fixed">
      <caption className="visually-hidden">Values before and after</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col" w="34%">
            Setting
          </Table.Th>
          <Table.Th scope="col">Before</Table.Th>
          <Table.Th scope="col">After</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change, index) => {
          const { words, tone } = CHANGE_LOOKS[change.change];
          return (
            // Two changes may share a path; the list itself never changes.
            <Table.Tr key={`${index} ${change.path}`}>
              <Table.Th scope="row" className="row-heading">
                <Text size="sm" mb={6}>
                  <BreakableName name={subjectOf(change)} />
                </Text>
                <ToneBadge tone={tone}>{words}</ToneBadge>
              </Table.Th>
              <Value side="before" change={change} />
              <Value side="after" change={change} />
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function Value({ side, change }: { side: 'before' | 'after'; change: EvidenceChange }) {
  const isPresent = change.change !== (side === 'before' ? 'added' : 'removed');
  return (
    <Table.Td
      className={side === 'before' ? 'change-before' : 'change-after'}
      data-label={side === 'before' ? 'Before' : 'After'}
      data-present={isPresent}
    >
      <ValueText value={isPresent ? change[side] : null} />
    </Table.Td>
  );
}

const ASSIGNMENT = 'assignments/';

/** What a change is about: a setting's definition, a property, or whom an assignment is for. */
function subjectOf({ path, settingDefinitionId }: EvidenceChange): string {
  if (settingDefinitionId !== undefined) return settingDefinitionId;
  if (path.startsWith(ASSIGNMENT)) return `Assignment: ${path.slice(ASSIGNMENT.length)}`;
  return path === 'policy' ? 'The policy itself' : path;
}
