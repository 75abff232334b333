import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { countOf } from './format';

interface FilterBarProps {
  label: string;
  /** How many filters are set. */
  active: number;
  onClear: () => void;
  children: ReactNode;
  /** What can be done with the rows, at the end of the bar. */
  actions?: ReactNode;
}

/**
 * A list's filters, in columns that stay where they are when one is set; on narrow screens behind a button, so that the
 * list itself comes first.
 */
export function FilterBar({ label, active, onClear, children, actions }: FilterBarProps) {
  const [opened, filters] = useDisclosure(false);
  const id = useId();
  return (
    <div className="filter-bar" role="search" aria-label={label}>
      <Button
        hiddenFrom="sm"
        variant="default"
        aria-expanded={opened}
        aria-controls={id}
        leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        onClick={filters.toggle}
      >
        {active === 0 ? 'Filters' : `${countOf(active, 'filter')} set`}
      </Button>
      <div className="filters filter-grid" id={id} data-opened={opened}>
        {children}
        {active > 0 && (
          <Button className="filter-clear" visibleFrom="sm" variant="subtle" onClick={onClear}>
            Clear filters
          </Button>
        )}
      </div>
      {active > 0 && (
        <Button hiddenFrom="sm" variant="subtle" onClick={onClear}>
          Clear filters
        </Button>
      )}
      {actions !== undefined && <div className="filter-actions">{actions}</div>}
    </div>
  );
}
