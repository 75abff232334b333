import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { RunTypeCounts } from '../../api/operations';
import { BUCKET_WORDS, type RunBucket } from '../../runs/run-bucket';
import { listOf, listText } from '../../search-params';
import styles from './operations.module.css';
import { windowWords } from './window-words';
import type { RunSearch } from './run-search';

interface FilterChipsProps {
  search: RunSearch;
  buckets: readonly RunBucket[];
  types: readonly RunTypeCounts[] | undefined;
  onFilter: (change: Partial<RunSearch>) => void;
  onClear: () => void;
}

interface Chip {
  words: string;
  without: Partial<RunSearch>;
}

/** Each filter that is set, in words, to be taken away by itself or with all others. */
export function FilterChips({ search, buckets, types, onFilter, onClear }: FilterChipsProps) {
  const chips = chipsOf(search, buckets, types);
  if (chips.length === 0) return null;
  return (
    <div className={styles.chips} role="group" aria-label="Filters that are set">
      {chips.map(({ words, without }) => (
        <Button
          key={words}
          size="compact-sm"
          radius="xl"
          variant="default"
          fw={500}
          rightSection={<IconX size={14} aria-hidden />}
          aria-label={`Remove filter ${words}`}
          onClick={() => onFilter(without)}
        >
          <span className={styles.chip}>{words}</span>
        </Button>
      ))}
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        Clear filters
      </Button>
    </div>
  );
}

function chipsOf(
  search: RunSearch,
  buckets: readonly RunBucket[],
  types: readonly RunTypeCounts[] | undefined,
): Chip[] {
  const without = (values: readonly string[], value: string): string | undefined =>
    listText(values.filter((each) => each !== value));
  const kinds = listOf(search.type);
  const people = listOf(search.initiator);
  const window = windowWords(search);
  return [
    ...buckets.map((bucket) => ({
      words: `Status: ${BUCKET_WORDS[bucket]}`,
      without: { bucket: without(buckets, bucket) },
    })),
    ...kinds.map((kind) => ({
      words: `Type: ${types?.find(({ type }) => type === kind)?.label ?? kind}`,
      without: { type: without(kinds, kind) },
    })),
    ...people.map((name) => ({ words: `Initiator: ${name}`, without: { initiator: without(people, name) } })),
    ...(window === null
      ? []
      : [{ words: `Queued: ${window}`, without: { window: undefined, from: undefined, to: undefined } }]),
    ...(search.q === undefined ? [] : [{ words: `Text: ${search.q}`, without: { q: undefined } }]),
  ];
}
