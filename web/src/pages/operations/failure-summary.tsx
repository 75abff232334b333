import { Button, Collapse, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useId } from 'react';
import { useTenant } from '../../access/tenant-context';
import type { Run, RunFailure } from '../../api/operations';
import { itemsCsvAddress, reasonItemsQuery } from '../../api/run-items';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { countOf } from '../../ui/format';
import { AppLink } from '../../ui/app-link';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { itemName } from './item-name';
import styles from './operations.module.css';

/** Why items failed, or the run itself: one group for each reason, with what to do about it. */
export function FailureSummary({ run }: { run: Run }) {
  const { tenantId } = useTenant();
  return (
    <Section
      title="Failures"
      description="Grouped by reason."
      flush
      actions={
        run.summaryCounts.failed > 0 ? (
          <Button
            component="a"
            href={itemsCsvAddress(tenantId, run.id, { result: 'failed' })}
            download
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            Download as CSV
          </Button>
        ) : undefined
      }
    >
      <ul className={styles.groups}>
        {run.failureSummary.map((failure) => (
          <FailureGroup key={failure.code} run={run} failure={failure} />
        ))}
      </ul>
    </Section>
  );
}

function FailureGroup({ run, failure }: { run: Run; failure: RunFailure }) {
  const [opened, group] = useDisclosure(false);
  const id = useId();
  const { what, next } = inSteps(failure.message);
  const hasItems = run.summaryCounts.failed > 0;
  return (
    <li className={styles.group}>
      <Text size="sm" fw={600}>
        {what}
      </Text>
      {next !== '' && (
        <Text size="sm">
          <Text span inherit c="dimmed">
            Next step:{' '}
          </Text>
          {next}
        </Text>
      )}
      <Text size="sm" c="dimmed" component="div" className={styles.groupFoot}>
        <code>{failure.code}</code>
        {hasItems ? (
          <UnstyledButton className={styles.opener} aria-expanded={opened} aria-controls={id} onClick={group.toggle}>
            {countOf(failure.count, 'item')}
            <IconChevronDown size={14} aria-hidden data-opened={opened} />
          </UnstyledButton>
        ) : (
          'The run itself ended with this'
        )}
      </Text>
      {hasItems && (
        <Collapse expanded={opened} id={id}>
          {opened && <GroupItems run={run} failure={failure} />}
        </Collapse>
      )}
    </li>
  );
}

function GroupItems({ run, failure }: { run: Run; failure: RunFailure }) {
  const { tenantId } = useTenant();
  const types = usePolicyTypes();
  const items = useQuery(reasonItemsQuery(tenantId, run.id, failure.code));
  return (
    <QueryView query={items}>
      {(page) => (
        <>
          <ul className="plain-list">
            {page.items.map((item) => (
              <li key={`${item.kind} ${item.itemId}`}>{itemName(item, types)}</li>
            ))}
          </ul>
          {page.items.length === 0 && (
            <Text size="sm" c="dimmed">
              No single item: the run itself ended with this.
            </Text>
          )}
          {page.nextCursor !== null && (
            <AppLink
              href={`/t/${tenantId}/operations/${run.id}?result=failed&reason=${encodeURIComponent(failure.code)}`}
              className="link-small"
            >
              Show all of them under Items
            </AppLink>
          )}
        </>
      )}
    </QueryView>
  );
}

/** The catalogue's sentence is what happened, and after it what to do. */
function inSteps(message: string): { what: string; next: string } {
  const end = message.search(/[.;] /);
  return end < 0 ? { what: message, next: '' } : { what: message.slice(0, end + 1), next: message.slice(end + 2) };
}
