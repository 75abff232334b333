import { ActionIcon, CopyButton, Group, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** A run's number, to be copied for a message or a ticket. */
export function CopyId({ id }: { id: string }) {
  return (
    <Group gap={4}>
      <Text size="sm" c="dimmed" className="numbers">
        Run {id}
      </Text>
      <CopyButton value={id}>
        {({ copied, copy }) => (
          <>
            <Tooltip label={copied ? 'Copied' : 'Copy the run number'}>
              <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Copy the run number" onClick={copy}>
                {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              </ActionIcon>
            </Tooltip>
            <VisuallyHidden role="status">{copied ? 'Copied' : ''}</VisuallyHidden>
          </>
        )}
      </CopyButton>
    </Group>
  );
}
