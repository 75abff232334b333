import { Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import { useTenant } from '../../access/tenant-context';
import { changeSchedule, createSchedule, schedulesKey, type Schedule, type ScheduleKind } from '../../api/schedules';
import { faultOf } from '../../ui/fault-of';
import { ProblemAlert } from '../../ui/problem-alert';
import { TechnicalDetails } from '../../ui/technical-details';
import { allZones, chosenZone, machineZone } from '../../ui/time-zone';
import { cronOf, rhythmOf, type Rhythm } from './cron-form';
import { RhythmFields } from './rhythm-fields';
import { TimingPreview, useTimingPreview } from './timing-preview';

interface ScheduleFormProps {
  /** Undefined for a new one. */
  schedule: Schedule | undefined;
  kinds: readonly ScheduleKind[];
  onClose: () => void;
}

export function ScheduleForm({ schedule, kinds, onClose }: ScheduleFormProps) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const [kind, setKind] = useState(schedule?.kind ?? kinds[0]?.kind ?? '');
  const [name, setName] = useState(schedule?.name);
  const [rhythm, setRhythm] = useState<Rhythm>(() => rhythmOf(schedule?.cron ?? '30 3 * * *'));
  const [timeZone, setTimeZone] = useState(schedule?.timeZone ?? chosenZone() ?? machineZone());
  const [enabled, setEnabled] = useState(schedule?.enabled ?? true);
  const zones = useMemo(() => [...new Set([timeZone, ...allZones()])], [timeZone]);
  const cron = cronOf(rhythm);
  const preview = useTimingPreview({ cron, timeZone });
  const label = schedule?.label ?? kinds.find((each) => each.kind === kind)?.label ?? '';
  const given = { name: (name ?? label).trim(), cron, timeZone, enabled };
  const save = useMutation({
    mutationFn: () =>
      schedule === undefined
        ? createSchedule(tenantId, { ...given, kind })
        : changeSchedule(tenantId, schedule.id, given),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: schedulesKey(tenantId) });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const hasPayload = schedule !== undefined && Object.keys(schedule.payload).length > 0;

  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemAlert error={save.error} />
        {schedule === undefined ? (
          <Select
            label="What runs"
            description="As much as a start by hand without a selection: everything."
            allowDeselect={false}
            data-autofocus
            data={kinds.map((each) => ({ value: each.kind, label: each.label }))}
            value={kind}
            error={faultOf(save.error, 'kind')}
            onChange={(value) => setKind(value ?? kind)}
          />
        ) : (
          <Text size="sm" c="dimmed">
            Runs: {schedule.label}
          </Text>
        )}
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={name ?? label}
          error={faultOf(save.error, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <RhythmFields rhythm={rhythm} onChange={setRhythm} fault={faultOf(save.error, 'cron') ?? preview.cronFault} />
        <Select
          label="Time zone"
          description="Whose clock the times are read on."
          searchable
          allowDeselect={false}
          data={zones}
          limit={50}
          value={timeZone}
          error={faultOf(save.error, 'timeZone') ?? preview.zoneFault}
          onChange={(zone) => setTimeZone(zone ?? timeZone)}
        />
        <TimingPreview nextRuns={preview.nextRuns} timeZone={timeZone} />
        <Switch
          label="On"
          description="While it is off, nothing is started, and nothing is made up for later."
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        {hasPayload && <TechnicalDetails label="What is started, as JSON" value={schedule.payload} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={cron === '' || given.name === ''}>
            {schedule === undefined ? 'Create' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
