import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconChecks } from '@tabler/icons-react';
import { GuardedButton } from '../../access/guarded-button';
import { useTenant } from '../../access/tenant-context';
import { findingQuery, type Finding } from '../../api/findings';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { AppLink } from '../../ui/app-link';
import { FieldList, type Field } from '../../ui/field-list';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TechnicalDetails } from '../../ui/technical-details';
import { TimeAgo } from '../../ui/time-ago';
import { ToneBadge } from '../../ui/tone-badge';
import { AcknowledgeModal } from './acknowledge-modal';
import { FindingDifferences } from './finding-differences';
import { isOpen, KIND_WORDS, SEVERITY_LOOKS, STATUS_LOOKS } from './finding-words';

const ROUTE = '/t/$tenantId/drift/findings/$findingId';

export function FindingPage() {
  const { findingId } = useParams({ from: ROUTE });
  const { tenantId } = useTenant();
  const finding = useQuery(findingQuery(tenantId, findingId));
  return (
    <QueryView query={finding} isPage>
      {(data) => <FindingDetail finding={data} />}
    </QueryView>
  );
}

function FindingDetail({ finding }: { finding: Finding }) {
  const types = usePolicyTypes();
  const [acknowledging, dialog] = useDisclosure(false);
  const { show } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  return (
    <>
      <PageHeader
        title={finding.subjectName}
        parent={{ label: 'Drift', to: '/drift/findings' }}
        description={KIND_WORDS[finding.kind]}
        actions={
          <GuardedButton
            permission="drift:decide"
            blocked={isOpen(finding.status) ? null : `This finding is ${finding.status} already.`}
            leftSection={<IconChecks size={16} aria-hidden />}
            onClick={dialog.open}
          >
            Acknowledge
          </GuardedButton>
        }
      />
      <Section title="Finding">
        <FieldList fields={fieldsOf(finding, types.labelOf(finding.subjectType))} />
      </Section>
      <FindingDifferences
        finding={finding}
        show={show === 'all' ? 'all' : 'changes'}
        onShow={(next) =>
          void navigate({
            search: (before) => ({ ...before, show: next === 'all' ? next : undefined }),
            hash: true,
            replace: true,
            resetScroll: false,
          })
        }
      />
      <TechnicalDetails value={finding} />
      <AcknowledgeModal ids={[finding.id]} opened={acknowledging} onClose={dialog.close} />
    </>
  );
}

function fieldsOf(finding: Finding, typeLabel: string): Field[] {
  const severity = SEVERITY_LOOKS[finding.severity];
  const status = STATUS_LOOKS[finding.status];
  const fields: Field[] = [
    {
      label: 'Severity',
      value: (
        <ToneBadge tone={severity.tone} Icon={severity.Icon}>
          {severity.words}
        </ToneBadge>
      ),
    },
    {
      label: 'Status',
      value: (
        <ToneBadge tone={status.tone} Icon={status.Icon}>
          {status.words}
        </ToneBadge>
      ),
    },
    { label: 'Policy', value: <PolicyLink finding={finding} /> },
    { label: 'Policy type', value: typeLabel },
    { label: 'Changed by', value: finding.actor === 'unknown' ? 'Unknown' : finding.actor },
    { label: 'Found', value: <TimeAgo at={finding.createdAt} /> },
    { label: 'Last seen', value: <TimeAgo at={finding.lastSeenAt} /> },
    { label: 'Compared', value: <ComparedLinks finding={finding} /> },
  ];
  if (finding.acknowledgedAt !== null) {
    fields.push({
      label: 'Acknowledged',
      value: (
        <>
          {finding.acknowledgedByName ?? 'Somebody'}, <TimeAgo at={finding.acknowledgedAt} />
        </>
      ),
    });
    if (finding.acknowledgedReason !== null) fields.push({ label: 'Reason', value: finding.acknowledgedReason });
  }
  return fields;
}

function PolicyLink({ finding }: { finding: Finding }) {
  const { tenantId } = useTenant();
  return (
    <AppLink href={`/t/${tenantId}/inventory/policies/${finding.policyId}`} className="link">
      Open the policy
    </AppLink>
  );
}

function ComparedLinks({ finding }: { finding: Finding }) {
  const { tenantId } = useTenant();
  const base = `/t/${tenantId}/inventory/sync-runs`;
  return (
    <>
      <AppLink href={`${base}/${finding.baselineRunId}`} className="link">
        Sync {finding.baselineRunId}
      </AppLink>{' '}
      with{' '}
      <AppLink href={`${base}/${finding.currentRunId}`} className="link">
        sync {finding.currentRunId}
      </AppLink>
    </>
  );
}
