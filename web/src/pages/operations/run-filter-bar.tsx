import { Button, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useId } from 'react';
import { useTenant } from '../../access/tenant-context';
import type { Run, RunTypeCounts } from '../../api/operations';
import { listOf, listText } from '../../search-params';
import { ChoicesFilter } from '../../ui/choices-filter';
import { SearchField } from '../../ui/search-field';
import { chosenZone } from '../../ui/time-zone';
import { clockText, instantOf } from '../../ui/zoned-time';
import styles from './operations.module.css';
import { isPreset, WINDOW_OPTIONS } from './time-window';
import type { RunSearch } from './run-search';

interface RunFilterBarProps {
  search: RunSearch;
  /** Undefined until they are read; a type that is set can be seen and cleared all the same. */
  types: readonly RunTypeCounts[] | undefined;
  /** In view, to offer their initiators. */
  runs: readonly Run[];
  onFilter: (change: Partial<RunSearch>, replace?: boolean) => void;
}

/** What the list is narrowed by; on narrow screens all but the search is behind a button. */
export function RunFilterBar({ search, types, runs, onFilter }: RunFilterBarProps) {
  const { user } = useTenant();
  const [opened, panel] = useDisclosure(false);
  const id = useId();
  const initiators = [...new Set([user.name, 'System', ...runs.map((run) => run.initiatorName)])];
  const window = windowOf(search);
  return (
    <div className={`filter-bar ${styles.bar}`} role="search" aria-label="Filter operations">
      <div className={styles.search}>
        <SearchField
          label="Search"
          placeholder="Run number, subject, name or reason code"
          value={search.q ?? ''}
          onSearch={(text) => onFilter({ q: text === '' ? undefined : text }, true)}
        />
      </div>
      <Button
        hiddenFrom="sm"
        variant="default"
        aria-expanded={opened}
        aria-controls={id}
        leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        onClick={panel.toggle}
      >
        Filters
      </Button>
      <div className={`filters ${styles.fields}`} id={id} data-opened={opened}>
        <ChoicesFilter
          label="Type"
          data={typeOptions(types, listOf(search.type))}
          chosen={search.type}
          onChoose={(type) => onFilter({ type })}
        />
        <TagsInput
          label="Initiator"
          placeholder={search.initiator === undefined ? 'Anyone' : undefined}
          data={initiators}
          value={listOf(search.initiator)}
          onChange={(values) => onFilter({ initiator: listText(values) })}
          maxTags={10}
          clearable
        />
        <NativeSelect
          label="Queued"
          data={WINDOW_OPTIONS}
          value={window}
          onChange={({ currentTarget: { value } }) => onFilter(windowChange(value))}
        />
        {window === 'custom' && (
          <>
            <Moment label="From" value={search.from} onChange={(from) => onFilter({ from }, true)} />
            <Moment label="Until" value={search.to} onChange={(to) => onFilter({ to }, true)} />
          </>
        )}
      </div>
    </div>
  );
}

function windowOf({ window, from, to }: RunSearch): string {
  if (isPreset(window)) return window;
  return window === 'custom' || from !== undefined || to !== undefined ? 'custom' : 'any';
}

function windowChange(value: string): Partial<RunSearch> {
  if (value === 'custom') return { window: 'custom' };
  return { window: value === 'any' ? undefined : value, from: undefined, to: undefined };
}

interface MomentProps {
  label: string;
  value: string | undefined;
  onChange: (iso: string | undefined) => void;
}

/** Date and time in the zone that the person sees times in, named where it is not the machine's; the address has UTC. */
function Moment({ label, value, onChange }: MomentProps) {
  const zone = chosenZone();
  return (
    <TextInput
      className={styles.moment ?? ''}
      type="datetime-local"
      label={zone === undefined ? label : `${label} (${zone})`}
      value={clockText(value)}
      onChange={({ currentTarget: { value: text } }) => onChange(instantOf(text))}
    />
  );
}

/** A type that is set but not known stays, so that it can be taken back. */
function typeOptions(
  types: readonly RunTypeCounts[] = [],
  chosen: readonly string[],
): { value: string; label: string }[] {
  const known = types.map(({ type, label }) => ({ value: type, label }));
  const unknown = chosen.filter((type) => !known.some(({ value }) => value === type));
  return [...known, ...unknown.map((type) => ({ value: type, label: type }))];
}
