import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Policy } from '../../api/policies';
import { useSettingWords, type SettingWords } from '../../inventory/setting-words';
import { DataTable, type Column } from '../../ui/data-table';
import { countOf, numberText } from '../../ui/format';
import { NameWithId } from '../../ui/name-with-id';
import { Section } from '../../ui/section';
import { ValueText } from '../../ui/value-text';

interface Line {
  id: string;
  /** What people call it; undefined where only the id is known. */
  name: string | undefined;
  /** As people read it. */
  value: unknown;
}

const FIRST_SHOWN = 100;

const COLUMNS: Column<Line>[] = [
  {
    key: 'name',
    header: 'Setting',
    isHeading: true,
    width: '45%',
    cell: ({ id, name }) => <NameWithId id={id} name={name} />,
  },
  { key: 'value', header: 'Value', cell: ({ value }) => <ValueText value={value} /> },
];

/** What the policy sets: its settings, and the properties of types whose settings are properties. */
export function PolicySettings({ policy }: { policy: Policy }) {
  const words = useSettingWords(policy.id);
  const [search, setSearch] = useState('');
  const [isAll, setAll] = useState(false);
  const wanted = search.trim().toLowerCase();
  const lines = linesOf(policy, words);
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
        <DataTable caption="Settings" columns={COLUMNS} rows={shown} keyOf={({ id }) => id} />
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

function linesOf({ settings, properties }: Policy, { nameOf, readable }: SettingWords): Line[] {
  return [
    ...settings.map(({ settingDefinitionId: id, value }) => ({ id, name: nameOf(id), value: readable(value) })),
    ...Object.entries(properties).map(([id, value]) => ({ id, name: undefined, value })),
  ];
}

function matches({ id, name, value }: Line, wanted: string): boolean {
  return [id, name, JSON.stringify(value)].some((text) => text?.toLowerCase().includes(wanted) === true);
}
