import './palette.css';
import { Combobox, Loader, Modal, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { usePaletteGroups } from './palette-items';

const TYPING_MS = 150;

interface PaletteProps {
  opened: boolean;
  onClose: () => void;
}

/** Everything by typing: pages, policies, what can be started, other tenants. */
export function Palette({ opened, onClose }: PaletteProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={600}
      yOffset="12vh"
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      // What is chosen mostly leads to another page, which takes the focus.
      returnFocus={false}
    >
      <PaletteBody onClose={onClose} />
    </Modal>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const wanted = text.trim();
  const [sought] = useDebouncedValue(wanted, TYPING_MS);
  const { groups, isSearching } = usePaletteGroups(wanted, sought);
  // Rendered once more with the focus: only then does the field know the list that it controls.
  const [isFocused, setFocused] = useState(false);
  const combobox = useCombobox({ opened: true, onDropdownClose: onClose });
  const shown = groups.flatMap(({ items }) => items);
  const first = shown[0]?.id;
  const isAsked = wanted !== '';
  const { selectFirstOption, resetSelectedOption } = combobox;

  useEffect(() => {
    // Without a text nothing is chosen: the Enter key must not start something by accident.
    if (isAsked) selectFirstOption();
    else resetSelectedOption();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the options are new ones whenever these are
  }, [first, shown.length, isAsked]);

  const choose = (id: string): void => {
    onClose();
    shown.find((each) => each.id === id)?.choose();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          data-autofocus
          variant="unstyled"
          size="lg"
          className="palette-search"
          role="combobox"
          aria-label="Search and commands"
          placeholder="Policies, pages, actions"
          leftSection={<IconSearch size={20} stroke={1.6} aria-hidden />}
          data-focused={isFocused || undefined}
          onFocus={() => setFocused(true)}
          rightSection={isSearching && <Loader size="xs" aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className="palette-list" aria-label="Results">
        {groups.map(({ label, items }) => (
          <Combobox.Group label={label} key={label}>
            {items.map(({ id, label: name, detail, Icon }) => (
              <Combobox.Option value={id} key={id} className="palette-option">
                <Icon size={18} stroke={1.6} aria-hidden />
                <span className="palette-name">{name}</span>
                {detail !== undefined && (
                  <Text span size="xs" c="dimmed" className="palette-detail">
                    {detail}
                  </Text>
                )}
              </Combobox.Option>
            ))}
          </Combobox.Group>
        ))}
        {groups.length === 0 && (
          <Combobox.Empty>{isSearching ? 'Searching…' : 'Nothing is called that.'}</Combobox.Empty>
        )}
      </Combobox.Options>
    </Combobox>
  );
}
