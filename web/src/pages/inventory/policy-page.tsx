import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconTrash } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import { policyQuery, type Policy } from '../../api/policies';
import { platformWords } from '../../inventory/platform-words';
import { CompleteBadge } from '../../ui/complete-badge';
import { FieldList, type Field } from '../../ui/field-list';
import { countOf } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TechnicalDetails } from '../../ui/technical-details';
import { TimeAgo } from '../../ui/time-ago';
import { PolicyAssignments } from './policy-assignments';
import { PolicyCoverageNote } from './policy-coverage-note';
import { PolicyDependencies } from './policy-dependencies';
import { PolicySettings } from './policy-settings';
import { PolicyVersions } from './policy-versions';

export function PolicyPage() {
  const { policyId } = useParams({ from: '/t/$tenantId/inventory/policies/$policyId' });
  const { tenantId } = useTenant();
  const policy = useQuery(policyQuery(tenantId, policyId));
  return (
    <QueryView query={policy} isPage>
      {(data) => <PolicyDetail policy={data} />}
    </QueryView>
  );
}

function PolicyDetail({ policy }: { policy: Policy }) {
  return (
    <>
      <PageHeader
        title={policy.name}
        parent={{ label: 'Inventory', to: '/inventory/policies' }}
        description={policy.description ?? policy.typeLabel}
      />
      {policy.removedAt !== null && (
        <Alert data-tone="amber" icon={<IconTrash aria-hidden />} mb="md">
          This policy is not in the tenant any more since <TimeAgo at={policy.removedAt} />. What follows is its last
          version.
        </Alert>
      )}
      {policy.removedAt === null && policy.coverage !== null && policy.coverage.state !== 'read' && (
        <PolicyCoverageNote coverage={policy.coverage} />
      )}
      <Section title="Policy" actions={<CompleteBadge complete={policy.complete} />}>
        <FieldList fields={fieldsOf(policy)} />
      </Section>
      <PolicySettings policy={policy} />
      <PolicyAssignments policy={policy} />
      <PolicyDependencies policyId={policy.id} />
      <PolicyVersions policyId={policy.id} />
      <TechnicalDetails value={policy} />
    </>
  );
}

function fieldsOf(policy: Policy): Field[] {
  const { settingsExpected, settingsStored, secretsMasked } = policy.completeness;
  const fields: Field[] = [
    { label: 'Type', value: policy.typeLabel },
    { label: 'Category', value: policy.category },
    { label: 'Platform', value: policy.platform === null ? 'Not said' : platformWords(policy.platform) },
    { label: 'First seen', value: <TimeAgo at={policy.firstSeenAt} /> },
    { label: 'Last changed', value: <TimeAgo at={policy.changedAt} /> },
    { label: 'Microsoft Graph id', value: <code>{policy.externalId}</code> },
  ];
  if (settingsExpected !== null)
    fields.push({ label: 'Settings read', value: `${settingsStored} of ${settingsExpected}` });
  if (secretsMasked > 0) fields.push({ label: 'Secrets', value: `${countOf(secretsMasked, 'secret')} not kept` });
  return fields;
}
