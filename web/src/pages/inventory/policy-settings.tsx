import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Policy } from '../../api/policies';
import { BreakableName } from '../../ui/breakable-name';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf, numberText } from '../../ui/format';
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
      description={countsOf(policy)}
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
            Show all {numberText(found.length)}
          </Button>
        </Group>
      )}
    </Section>
  );
}

/** Graph's own count is of the settings alone, so they are not mixed with the properties here. */
function countsOf({ settings, properties }: Policy): string {
  const counts = [
    { count: settings.length, words: countOf(settings.length, 'setting') },
    { count: Object.keys(properties).length, words: countOf(Object.keys(properties).length, 'property', 'properties') },
  ];
  const some = counts.filter(({ count }) => count > 0).map(({ words }) => words);
  return some.length === 0 ? 'None' : some.join(' and ');
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
