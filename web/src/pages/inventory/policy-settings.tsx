import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Policy } from '../../api/policies';
import { BreakableName } from '../../ui/breakable-name';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf } from '../../ui/format';
import { Section } from '../../ui/section';
import { ValueText } from '../../ui/value-text';

interface Line {
  name: string;
  value: unknown;
}

const FIRST_SHOWN = 100;

const COLUMNS: Column<Line>[] = [
  { key: 'name', header: 'Setting', isHeading: true, width: '45%', cell: ({ name }) => <BreakableName name={name} /> },
  { key: 'value', header: 'Value', cell: ({ value }) => <ValueText value={value} /> },
];

/** What the policy sets: its settings, and the properties of types whose settings are properties. */
export function PolicySettings({ policy }: { policy: Policy }) {
  const [search, setSearch] = useState('');
  const [isAll, setAll] = useState(false);
  const wanted = search.trim().toLowerCase();
  const lines = linesOf(policy);
  const found = wanted === '' ? lines : lines.filter((line) => matches(line, wanted));
  const shown = isAll ? found : found.slice(0, FIRST_SHOWN);
  return (
    <Section
      title="Settings"
      description={countOf(lines.length, 'setting')}
      actions={
        lines.length > 10 && (
          <TextInput
            type="search"
            size="xs"
            aria-label="Search settings"
            placeholder="Search settings"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )
      }
      flush
    >
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {lines.length === 0 ? 'This policy sets nothing.' : 'No setting matches the search.'}
        </Text>
      ) : (
        <DataTable caption="Settings" columns={COLUMNS} rows={shown} keyOf={({ name }) => name} />
      )}
      {shown.length < found.length && (
        <Group justify="center" py="sm">
          <Button variant="subtle" onClick={() => setAll(true)}>
            Show all {countOf(found.length, 'setting')}
          </Button>
        </Group>
      )}
    </Section>
  );
}

function linesOf({ settings, properties }: Policy): Line[] {
  return [
    ...settings.map(({ settingDefinitionId, value }) => ({ name: settingDefinitionId, value })),
    ...Object.entries(properties).map(([name, value]) => ({ name, value })),
  ];
}

function matches({ name, value }: Line, wanted: string): boolean {
  return name.toLowerCase().includes(wanted) || (JSON.stringify(value) ?? '').toLowerCase().includes(wanted);
}
