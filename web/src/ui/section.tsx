import { Group, Paper, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface SectionProps {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** The content reaches the edges: for tables. */
  flush?: boolean;
  children: ReactNode;
}

export function Section({ title, description, actions, flush = false, children }: SectionProps) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} className="section">
      <Group justify="space-between" px="md" pt="md" pb="xs" gap="sm">
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {description !== undefined && (
            <Text component="div" size="sm" c="dimmed">
              {description}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {flush ? children : <div className="section-body">{children}</div>}
    </Paper>
  );
}
