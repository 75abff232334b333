import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTenant } from '../../access/tenant-context';
import { policyVersionQuery, referredPoliciesQuery, type PolicyVersionDetail } from '../../api/policies';
import { DiffViewer } from '../../diff/diff-viewer';
import { JsonDiff } from '../../diff/json-diff';
import { compareDocuments } from '../../diff/policy-document';
import { useAnchor } from '../../diff/use-anchor';
import { useDocumentNames } from '../../inventory/document-names';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';

interface VersionDifferencesProps {
  policyId: string;
  from: string;
  to: string;
  show: 'changes' | 'all';
  onShow: (show: 'changes' | 'all') => void;
}

/** Two versions of one policy in the diff viewer, and their JSON. */
export function VersionDifferences({ policyId, from, to, ...view }: VersionDifferencesProps) {
  const { tenantId } = useTenant();
  const before = useQuery(policyVersionQuery(tenantId, policyId, from));
  const after = useQuery(policyVersionQuery(tenantId, policyId, to));
  return (
    <QueryView query={before}>
      {(old) => (
        <QueryView query={after}>
          {(now) => <Differences before={old} after={now} policyId={policyId} {...view} />}
        </QueryView>
      )}
    </QueryView>
  );
}

interface DifferencesProps extends Pick<VersionDifferencesProps, 'policyId' | 'show' | 'onShow'> {
  before: PolicyVersionDetail;
  after: PolicyVersionDetail;
}

function Differences({ policyId, before, after, show, onShow }: DifferencesProps) {
  const [anchor, setAnchor] = useAnchor();
  const assignments = useMemo(() => [...before.assignments, ...after.assignments], [before, after]);
  const { tenantId } = useTenant();
  const referred = useQuery(referredPoliciesQuery(tenantId)).data;
  const names = useDocumentNames({ policyId, versionIds: [before.id, after.id], assignments, referred });
  const nodes = useMemo(() => compareDocuments(before, after, names), [before, after, names]);
  return (
    <>
      <Section title="Before and after" flush>
        <DiffViewer
          nodes={nodes}
          labels={{ before: labelOf(before), after: labelOf(after) }}
          show={show}
          onShow={onShow}
          anchor={anchor}
          onAnchor={setAnchor}
          empty="These two versions have the same content."
        />
      </Section>
      <JsonDiff before={contentOf(before)} after={contentOf(after)} />
    </>
  );
}

function labelOf({ id, current }: PolicyVersionDetail): string {
  return current ? `Version ${id} (current)` : `Version ${id}`;
}

/** What the two versions are compared by; their own ids and times would only be noise in a comparison. */
function contentOf({ name, description, settings, properties, assignments }: PolicyVersionDetail) {
  return { name, description, settings, properties, assignments };
}
