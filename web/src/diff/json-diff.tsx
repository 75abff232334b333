import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { copyText } from './copy-text';
import { TextLines } from './text-lines';

interface JsonDiffProps {
  before: unknown;
  after: unknown;
}

/** The JSON behind a comparison, line by line, for those who ask for it. */
export function JsonDiff({ before, after }: JsonDiffProps) {
  // Long documents are compared only once somebody looks.
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="technical" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>JSON before and after</summary>
      {isOpen && (
        <>
          <Group justify="flex-end" my="xs" gap="xs">
            {before !== null && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => void copyText(textOf(before), 'The JSON before')}
              >
                Copy JSON before
              </Button>
            )}
            {after !== null && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => void copyText(textOf(after), 'The JSON after')}
              >
                Copy JSON after
              </Button>
            )}
          </Group>
          <TextLines before={textOf(before)} after={textOf(after)} label="JSON before and after" />
        </>
      )}
    </details>
  );
}

function textOf(value: unknown): string {
  return value === null ? '' : JSON.stringify(value, null, 2);
}
