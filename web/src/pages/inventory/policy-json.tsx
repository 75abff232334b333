import { Box, Button, Code, Group, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { policyVersionQuery, type Policy } from '../../api/policies';
import { copyText } from '../../diff/copy-text';
import { QueryView } from '../../ui/query-view';

export type JsonForm = 'raw' | 'compared';

interface PolicyJsonProps {
  policy: Policy;
  form: JsonForm;
  onForm: (form: JsonForm) => void;
}

/** The current version as Microsoft Graph gave it, and as TenantAtlas compares it. */
export function PolicyJson({ policy, form, onForm }: PolicyJsonProps) {
  const { tenantId } = useTenant();
  const version = useQuery(policyVersionQuery(tenantId, policy.id, policy.versionId));
  const { name, description, settings, properties, assignments } = policy;
  return (
    <QueryView query={version}>
      {({ raw }) => {
        const json = JSON.stringify(
          form === 'raw' ? raw : { name, description, settings, properties, assignments },
          null,
          2,
        );
        return (
          <Box p="md">
            <Group justify="space-between" mb="sm" gap="xs">
              <SegmentedControl
                size="xs"
                aria-label="Form of the JSON"
                data={[
                  { value: 'raw', label: 'From Microsoft Graph' },
                  { value: 'compared', label: 'As compared' },
                ]}
                value={form}
                onChange={(value) => onForm(value)}
              />
              <Button size="compact-sm" variant="default" onClick={() => void copyText(json, 'The JSON')}>
                Copy JSON
              </Button>
            </Group>
            <Code block mah="70vh" style={{ overflow: 'auto' }} tabIndex={0} aria-label="JSON">
              {json}
            </Code>
          </Box>
        );
      }}
    </QueryView>
  );
}
