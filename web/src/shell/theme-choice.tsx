import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun, type TablerIcon } from '@tabler/icons-react';

const THEMES: readonly { value: MantineColorScheme; label: string; Icon: TablerIcon }[] = [
  { value: 'light', label: 'Light', Icon: IconSun },
  { value: 'dark', label: 'Dark', Icon: IconMoon },
  { value: 'auto', label: 'As the system', Icon: IconDeviceDesktop },
];

/** The themes as items of a menu. */
export function ThemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup
      value={colorScheme}
      onChange={(value) => {
        const theme = THEMES.find((each) => each.value === value);
        if (theme !== undefined) setColorScheme(theme.value);
      }}
    >
      <Menu.Label>Theme</Menu.Label>
      {THEMES.map(({ value, label, Icon }) => (
        <Menu.RadioItem
          key={value}
          value={value}
          rightSection={<Icon size={16} stroke={1.6} aria-hidden />}
          closeMenuOnClick={false}
        >
          {label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

/** The same as a menu of its own, for pages without the profile menu. */
export function ThemeMenu() {
  const { colorScheme } = useMantineColorScheme();
  const { Icon } = THEMES.find(({ value }) => value === colorScheme) ?? { Icon: IconDeviceDesktop };
  return (
    <Menu position="bottom-end" width={200} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Theme">
          <Icon size={20} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <ThemeItems />
      </Menu.Dropdown>
    </Menu>
  );
}
