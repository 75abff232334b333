import { Table, Text } from '@mantine/core';
import type { EvidenceChange } from '../api/findings';
import type { Tone } from './tone';
import { NameWithId } from './name-with-id';
import { ToneBadge } from './tone-badge';
import { ValueText } from './value-text';

const CHANGE_LOOKS: Record<EvidenceChange['change'], { words: string; tone: Tone }> = {
  added: { words: 'Added', tone: 'green' },
  removed: { words: 'Removed', tone: 'red' },
  changed: { words: 'Changed', tone: 'amber' },
};

interface ChangeTableProps {
  changes: readonly EvidenceChange[];
  /** What no change at all means here. */
  empty: string;
  /** What people call a setting; without it, and for those it does not know, the id stands alone. */
  nameOf?: (settingDefinitionId: string) => string | undefined;
  /** A setting's value as people read it. */
  readable?: (value: unknown) => unknown;
}

/** Differences line by line, before beside after. */
export function ChangeTable({ changes, empty, nameOf, readable = asItIs }: ChangeTableProps) {
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed" px="md" pb="md">
        {empty}
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
                <Text size="sm" mb={6} component="div">
                  <NameWithId id={subjectOf(change)} name={nameOf?.(change.settingDefinitionId ?? '')} />
                </Text>
                <ToneBadge tone={tone}>{words}</ToneBadge>
              </Table.Th>
              <Value side="before" change={change} readable={readable} />
              <Value side="after" change={change} readable={readable} />
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

interface ValueProps {
  side: 'before' | 'after';
  change: EvidenceChange;
  readable: (value: unknown) => unknown;
}

function Value({ side, change, readable }: ValueProps) {
  const shown = change.settingDefinitionId === undefined ? asItIs : readable;
  const isPresent = change.change !== (side === 'before' ? 'added' : 'removed');
  return (
    <Table.Td
      className={side === 'before' ? 'change-before' : 'change-after'}
      data-label={side === 'before' ? 'Before' : 'After'}
      data-present={isPresent}
    >
      <ValueText value={isPresent ? shown(change[side]) : null} />
    </Table.Td>
  );
}

function asItIs(value: unknown): unknown {
  return value;
}

const ASSIGNMENT = 'assignments/';

/** What a change is about: a setting's definition, a property, or whom an assignment is for. */
function subjectOf({ path, settingDefinitionId }: EvidenceChange): string {
  if (settingDefinitionId !== undefined) return settingDefinitionId;
  if (path.startsWith(ASSIGNMENT)) return `Assignment: ${path.slice(ASSIGNMENT.length)}`;
  return path === 'policy' ? 'The policy itself' : path;
}
