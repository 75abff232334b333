import { Alert, Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconAlertCircle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import { messageOf } from '../../api/client';
import { testConnection, type ConnectionVerdict } from '../../api/graph-connection';
import { tenantKey } from '../../api/keys';
import { BreakableName } from '../../ui/breakable-name';
import { FieldList, type Field } from '../../ui/field-list';
import { Section } from '../../ui/section';
import { TimeAgo } from '../../ui/time-ago';

/** How the last test went, what to do about it, and the test itself. */
export function VerdictSection({ verdict }: { verdict: ConnectionVerdict | null }) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  const test = useMutation({
    mutationFn: () => testConnection(tenantId),
    onSettled: () => queryClient.invalidateQueries({ queryKey: tenantKey(tenantId) }),
  });
  return (
    <Section
      title="Test"
      description="Signs in and asks Microsoft Graph for a little of everything; it takes 20 seconds at most."
      actions={
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          Test connection
        </Button>
      }
    >
      {test.isError && (
        <Alert data-tone="red" icon={<IconAlertCircle aria-hidden />} role="alert" mb="sm">
          {messageOf(test.error)}
        </Alert>
      )}
      {verdict === null ? (
        <Text size="sm" c="dimmed">
          This credential was not tested yet.
        </Text>
      ) : (
        <Verdict verdict={verdict} />
      )}
    </Section>
  );
}

function Verdict({ verdict }: { verdict: ConnectionVerdict }) {
  const { works, code, message, nextStep, missing, aadsts, requestId, at } = verdict;
  const isWhole = code === 'connected';
  const Icon = works ? IconCircleCheck : IconCircleX;
  const fields: Field[] = [{ label: 'Tested', value: <TimeAgo at={at} /> }];
  if (aadsts !== null) fields.push({ label: "Microsoft's number", value: <code>{aadsts}</code> });
  if (requestId !== null) fields.push({ label: 'Request id', value: <code>{requestId}</code> });
  return (
    <>
      <Alert
        role="status"
        data-tone={isWhole ? 'green' : works ? 'amber' : 'red'}
        icon={<Icon aria-hidden />}
        title={message}
        mb="md"
      >
        {nextStep}
        {missing.length > 0 && (
          <ul>
            {missing.map((each) => (
              <li key={each}>
                <code>
                  <BreakableName name={each} />
                </code>
              </li>
            ))}
          </ul>
        )}
      </Alert>
      <FieldList fields={fields} />
    </>
  );
}
