import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { lazyPart } from '../lazy-part';

const Palette = lazyPart(() => import('./palette'), 'Palette');

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
      <button type="button" className="palette-button" onClick={open} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={18} stroke={1.7} aria-hidden />
        <span>Search or start</span>
        <kbd aria-hidden>{SHORTCUT}</kbd>
      </button>
      {wasOpened && (
        <Suspense>
          <Palette opened={opened} onClose={palette.close} />
        </Suspense>
      )}
    </>
  );
}
