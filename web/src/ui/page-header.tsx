import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTenant } from '../access/tenant-context';
import { AppLink } from './app-link';

interface PageHeaderProps {
  title: string;
  /** One sentence below the title. */
  description?: ReactNode;
  /** The list that this page belongs to; `to` is a path below the tenant. */
  parent?: { label: string; to: string };
  actions?: ReactNode;
}

/** In characters: more than that does not fit on a line of a desktop. */
const LONG_TITLE = 60;

export function PageHeader({ title, description, parent, actions }: PageHeaderProps) {
  const { tenantId, tenantName } = useTenant();
  useDocumentTitle(`${title} · ${tenantName} · TenantAtlas`);
  return (
    <Stack gap={6} mb="md">
      {parent !== undefined && (
        <Breadcrumbs fz="sm" className="crumbs">
          <Anchor component={AppLink} href={`/t/${tenantId}${parent.to}`} size="sm">
            {parent.label}
          </Anchor>
          <Text size="sm" c="dimmed">
            {title}
          </Text>
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <div className="page-title">
          <Title order={1} {...(title.length > LONG_TITLE && { className: 'page-title-long' })}>
            {title}
          </Title>
          {description !== undefined && (
            <Text component="div" c="dimmed" size="sm" mt={2}>
              {description}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
    </Stack>
  );
}
