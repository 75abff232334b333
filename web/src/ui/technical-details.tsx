import { Box, Code, CopyButton, Group, Button } from '@mantine/core';

/** The JSON behind a page, for those who ask for it. */
export function TechnicalDetails({ value, label = 'Technical details' }: { value: unknown; label?: string }) {
  const json = JSON.stringify(value, null, 2);
  return (
    <Box component="details" className="technical">
      <summary>{label}</summary>
      <Group justify="flex-end" mt="xs">
        <CopyButton value={json}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy JSON'}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block mt="xs" tabIndex={0} aria-label="JSON">
        {json}
      </Code>
    </Box>
  );
}
