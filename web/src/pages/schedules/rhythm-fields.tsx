import { Chip, Group, Input, Select, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { HOUR_STEPS, WEEKDAYS, rhythmOf, cronOf, type Rhythm } from './cron-form';

const KINDS: { value: Rhythm['every']; label: string }[] = [
  { value: 'hours', label: 'Hourly' },
  { value: 'day', label: 'Daily' },
  { value: 'week', label: 'Weekly' },
  { value: 'expression', label: 'Cron' },
];

const FIRST_TIME = '03:30';

interface RhythmFieldsProps {
  rhythm: Rhythm;
  onChange: (rhythm: Rhythm) => void;
  /** What the server has against the timing. */
  fault: string | undefined;
}

/** When a schedule runs: presets in words, or an expression for everything else. */
export function RhythmFields({ rhythm, onChange, fault }: RhythmFieldsProps) {
  return (
    <Stack gap="sm">
      <Input.Wrapper label="Runs" labelElement="div">
        <SegmentedControl
          fullWidth
          mt={4}
          aria-label="How often it runs"
          data={KINDS}
          value={rhythm.every}
          onChange={(every) => onChange(switched(rhythm, every))}
        />
      </Input.Wrapper>
      <FieldsOf rhythm={rhythm} onChange={onChange} fault={fault} />
      {fault !== undefined && rhythm.every !== 'expression' && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {fault}
        </Text>
      )}
    </Stack>
  );
}

function FieldsOf({ rhythm, onChange, fault }: RhythmFieldsProps) {
  switch (rhythm.every) {
    case 'hours':
      return (
        <Group grow align="flex-start">
          <Select
            label="Every"
            allowDeselect={false}
            data={HOUR_STEPS.map((hours) => ({ value: String(hours), label: hours === 1 ? 'hour' : `${hours} hours` }))}
            value={String(rhythm.hours)}
            onChange={(hours) => onChange({ ...rhythm, hours: Number(hours ?? 1) })}
          />
          <Select
            label="At minute"
            allowDeselect={false}
            searchable
            data={Array.from({ length: 60 }, (_, minute) => ({
              value: String(minute),
              label: `:${String(minute).padStart(2, '0')}`,
            }))}
            value={String(rhythm.minute)}
            onChange={(minute) => onChange({ ...rhythm, minute: Number(minute ?? 0) })}
          />
        </Group>
      );
    case 'day':
      return <TimeField time={rhythm.time} onChange={(time) => onChange({ ...rhythm, time })} />;
    case 'week':
      return (
        <>
          <Input.Wrapper label="On" labelElement="div">
            <Chip.Group
              multiple
              value={rhythm.days.map(String)}
              onChange={(days) => onChange({ ...rhythm, days: days.map(Number) })}
            >
              <Group gap={6} mt={4} role="group" aria-label="Days of the week">
                {WEEKDAYS.map(({ day, name, short }) => (
                  <Chip key={day} value={String(day)} size="sm" aria-label={name}>
                    {short}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </Input.Wrapper>
          <TimeField time={rhythm.time} onChange={(time) => onChange({ ...rhythm, time })} />
        </>
      );
    case 'expression':
      return (
        <TextInput
          label="Cron expression"
          description="Minute, hour, day of month, month, day of week; at least five minutes apart."
          placeholder="30 3 * * 1-5"
          required
          maxLength={200}
          value={rhythm.cron}
          error={fault}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={(event) => onChange({ every: 'expression', cron: event.currentTarget.value })}
        />
      );
  }
}

function TimeField({ time, onChange }: { time: string; onChange: (time: string) => void }) {
  return (
    <TextInput
      label="At"
      type="time"
      required
      value={time}
      maw={160}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Another kind of rhythm that keeps as much of this one as it can. */
function switched(rhythm: Rhythm, every: Rhythm['every']): Rhythm {
  const time = 'time' in rhythm ? rhythm.time : FIRST_TIME;
  const read = rhythm.every === 'expression' ? rhythmOf(cronOf(rhythm)) : rhythm;
  if (read.every === every) return read;
  switch (every) {
    case 'hours':
      return { every, hours: 6, minute: 0 };
    case 'day':
      return { every, time };
    case 'week':
      return { every, days: [1, 2, 3, 4, 5], time };
    case 'expression':
      return { every, cron: cronOf(rhythm) };
  }
}
