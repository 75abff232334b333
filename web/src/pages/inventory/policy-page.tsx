import { Alert, Paper, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTenant } from '../../access/tenant-context';
import { policyDependenciesQuery, policyQuery, type Policy } from '../../api/policies';
import { platformWords } from '../../inventory/platform-words';
import { CompleteBadge } from '../../ui/complete-badge';
import { FieldList, type Field } from '../../ui/field-list';
import { countOf, numberText } from '../../ui/format';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TimeAgo } from '../../ui/time-ago';
import { PolicyActions } from './policy-actions';
import { PolicyAssignments } from './policy-assignments';
import { PolicyCoverageNote } from './policy-coverage-note';
import { PolicyDependencies } from './policy-dependencies';
import { PolicyJson } from './policy-json';
import { PolicySettings } from './policy-settings';
import { PolicyVersions } from './policy-versions';

const ROUTE = '/t/$tenantId/inventory/policies/$policyId';
const TABS = ['settings', 'assignments', 'versions', 'dependencies', 'json'] as const;
type Tab = (typeof TABS)[number];

export function PolicyPage() {
  const { policyId } = useParams({ from: ROUTE });
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
        actions={<PolicyActions policy={policy} />}
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
      <PolicyTabs policy={policy} />
    </>
  );
}

/** What a policy is made of, one part at a time; which one is in the address. */
function PolicyTabs({ policy }: { policy: Policy }) {
  const { tenantId } = useTenant();
  const { tab, form } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const dependencies = useQuery(policyDependenciesQuery(tenantId, policy.id)).data;
  const shown = TABS.find((each) => each === tab) ?? 'settings';
  const counts: Record<Tab, number | undefined> = {
    settings: policy.settings.length + Object.keys(policy.properties).length,
    assignments: policy.assignments.length,
    versions: policy.versionCount,
    dependencies: dependencies && dependencies.uses.length + dependencies.usedBy.length,
    json: undefined,
  };
  const words: Record<Tab, string> = {
    settings: 'Settings',
    assignments: 'Assignments',
    versions: 'Versions',
    dependencies: 'Dependencies',
    json: 'JSON',
  };
  const chosen = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen.current !== null) slideIntoView(chosen.current);
  }, [shown]);
  const go = (search: { tab?: string; form?: string }): void =>
    void navigate({ search, replace: true, resetScroll: false });
  return (
    <Paper className="section">
      <Tabs
        value={shown}
        onChange={(next) => go(next === null || next === 'settings' ? {} : { tab: next })}
        keepMounted={false}
      >
        <Tabs.List
          aria-label="Parts of the policy"
          pt={6}
          px="xs"
          style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}
        >
          {TABS.map((each) => (
            <Tabs.Tab key={each} value={each} style={{ flex: 'none' }} {...(each === shown && { ref: chosen })}>
              {words[each]}
              {counts[each] !== undefined && ` (${numberText(counts[each])})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="settings">
          <PolicySettings policy={policy} />
        </Tabs.Panel>
        <Tabs.Panel value="assignments">
          <PolicyAssignments policy={policy} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <PolicyVersions policyId={policy.id} />
        </Tabs.Panel>
        <Tabs.Panel value="dependencies">
          <PolicyDependencies policyId={policy.id} />
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <PolicyJson
            policy={policy}
            form={form === 'compared' ? form : 'raw'}
            onForm={(next) => go({ tab: 'json', ...(next === 'raw' ? {} : { form: next }) })}
          />
        </Tabs.Panel>
      </Tabs>
    </Paper>
  );
}

/** On a phone the tabs are wider than the window, and a link may lead to the last of them; the page stays where it is. */
function slideIntoView(tab: HTMLElement): void {
  const list = tab.parentElement;
  if (list === null) return;
  const hidden = tab.getBoundingClientRect().right - list.getBoundingClientRect().right;
  if (hidden > 0) list.scrollLeft += hidden;
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
