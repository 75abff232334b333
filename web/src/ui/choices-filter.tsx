import './choices-filter.css';
import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import { listOf, listText } from '../search-params';
import { useAfterFirstPaint } from './after-first-paint';

interface ChoicesFilterProps extends Pick<MultiSelectProps, 'data' | 'searchable' | 'nothingFoundMessage'> {
  label: string;
  /** The values that are chosen, separated by commas, as the address has them; undefined for none. */
  chosen: string | undefined;
  onChoose: (chosen: string | undefined) => void;
}

/**
 * A filter that holds several values. Six of them are half of the work of the first page's first paint, so until then
 * something that looks the same and takes the same room stands in their place.
 */
export function ChoicesFilter({ label, chosen, onChoose, ...rest }: ChoicesFilterProps) {
  const isAfterPaint = useAfterFirstPaint();
  if (!isAfterPaint && chosen === undefined) {
    return (
      <div aria-hidden>
        <span className="choices-label">{label}</span>
        <div className="choices-box">
          All
          <IconSelector size={16} />
        </div>
      </div>
    );
  }
  return (
    <MultiSelect
      label={label}
      placeholder={chosen === undefined ? 'All' : undefined}
      value={listOf(chosen)}
      onChange={(values) => onChoose(listText(values))}
      clearable
      {...rest}
    />
  );
}
