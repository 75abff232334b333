import { Group, Input, SegmentedControl, Select, Text, useMantineColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import { absoluteTime } from '../../ui/format';
import { Section } from '../../ui/section';
import { allZones, chooseZone, chosenZone, machineZone } from '../../ui/time-zone';
import { useNow } from '../../ui/use-now';

const MACHINE = 'machine';

/** Theme and time zone, kept in this browser. */
export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [zone, setZone] = useState(chosenZone());
  const now = useNow();
  const zones = useMemo(() => [{ value: MACHINE, label: `This machine’s (${machineZone()})` }, ...allZones()], []);
  const choose = (value: string | null): void => {
    const next = value === null || value === MACHINE ? undefined : value;
    chooseZone(next);
    setZone(next);
  };
  return (
    <Section title="Appearance" description="Kept in this browser.">
      <Group align="flex-start" gap="xl">
        <Input.Wrapper label="Theme" labelElement="div">
          <SegmentedControl
            mt={4}
            display="flex"
            aria-label="Theme"
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme)}
            data={[
              { value: 'auto', label: 'As the system' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
        </Input.Wrapper>
        <div>
          <Select
            label="Time zone of shown times"
            searchable
            allowDeselect={false}
            limit={50}
            w={{ base: '100%', sm: 320 }}
            data={zones}
            value={zone ?? MACHINE}
            onChange={choose}
          />
          <Text size="sm" c="dimmed" mt={4}>
            Now: {absoluteTime(new Date(now).toISOString())}
          </Text>
        </div>
      </Group>
    </Section>
  );
}
