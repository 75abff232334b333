import { Alert } from '@mantine/core';
import { useTenant } from '../../access/tenant-context';
import type { NewestCoverage } from '../../api/policies';
import { AppLink } from '../../ui/app-link';
import { TimeAgo } from '../../ui/time-ago';
import { COVERAGE_LOOKS } from './coverage-looks';

/** Says that what a page shows is older than the newest sync, or holds less, and why. */
export function PolicyCoverageNote({ coverage }: { coverage: NewestCoverage }) {
  const { tenantId } = useTenant();
  const { words, tone, Icon } = COVERAGE_LOOKS[coverage.state];
  return (
    <Alert data-tone={tone} icon={<Icon aria-hidden />} mb="md" title={`Newest sync: ${words.toLowerCase()}`}>
      The sync of <TimeAgo at={coverage.at} /> could not read all policies of this type
      {coverage.reason === undefined ? '.' : `: ${coverage.reason}`} What follows is what was read last.{' '}
      <AppLink href={`/t/${tenantId}/inventory/sync-runs/${coverage.syncRunId}`} className="link">
        Coverage
      </AppLink>
    </Alert>
  );
}
