import { ActionIcon, Kbd, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

const Palette = lazy(async () => ({ default: (await import('./palette')).Palette }));

const SHORTCUT = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';

/** Opens the command palette, as Ctrl+K (on a Mac: Cmd+K) does from anywhere. */
export function PaletteButton() {
  const [opened, palette] = useDisclosure(false);
  const [wasOpened, setWasOpened] = useState(false);
  const open = (): void => {
    setWasOpened(true);
    palette.open();
  };
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <UnstyledButton className="palette-button" visibleFrom="md" onClick={open} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <Text span size="sm" c="dimmed">
          Search or start
        </Text>
        <Kbd size="xs" aria-hidden>
          {SHORTCUT}
        </Kbd>
      </UnstyledButton>
      <ActionIcon
        hiddenFrom="md"
        variant="subtle"
        color="gray"
        size="lg"
        onClick={open}
        aria-label="Search or start"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconSearch size={20} stroke={1.6} />
      </ActionIcon>
      {wasOpened && (
        <Suspense>
          <Palette opened={opened} onClose={palette.close} />
        </Suspense>
      )}
    </>
  );
}
