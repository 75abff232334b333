import { Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTenant } from '../../access/tenant-context';
import type { Finding, FindingKind } from '../../api/findings';
import { policyVersionQuery, referredPoliciesQuery, type PolicyVersionDetail } from '../../api/policies';
import { DiffViewer } from '../../diff/diff-viewer';
import { JsonDiff } from '../../diff/json-diff';
import { compareDocuments, treeOfChanges, type DocumentPart } from '../../diff/policy-document';
import { useAnchor } from '../../diff/use-anchor';
import { useDocumentNames } from '../../inventory/document-names';
import { countOf } from '../../ui/format';
import { Section } from '../../ui/section';
import { LoadingRows } from '../../ui/states';

interface FindingDifferencesProps {
  finding: Finding;
  show: 'changes' | 'all';
  onShow: (show: 'changes' | 'all') => void;
}

/** What a finding is about; a change of assignments stands in a finding of its own. */
const PARTS: Record<FindingKind, readonly DocumentPart[]> = {
  'policy.added': ['general', 'settings', 'properties', 'assignments'],
  'policy.removed': ['general', 'settings', 'properties', 'assignments'],
  'policy.changed': ['general', 'settings', 'properties'],
  'policy.renamed': ['general'],
  'policy.recreated': ['general', 'settings', 'properties'],
  'assignment.changed': ['assignments'],
};

/** The finding's two versions in the diff viewer; its own evidence where a version cannot be read any more. */
export function FindingDifferences({ finding, show, onShow }: FindingDifferencesProps) {
  const { tenantId } = useTenant();
  const [anchor, setAnchor] = useAnchor();
  const { policyId, beforeVersionId, afterVersionId, kind, evidence } = finding;
  const versionIds = useMemo(
    () => [beforeVersionId, afterVersionId].filter((id) => id !== null),
    [beforeVersionId, afterVersionId],
  );
  const versions = useQueries({
    queries: versionIds.map((id) => policyVersionQuery(tenantId, policyId, id)),
    combine: (results) => ({
      isPending: results.some((result) => result.isPending),
      isUnreadable: results.some((result) => result.isError) || results.length === 0,
      known: results.map((result) => result.data),
    }),
  });
  const find = (id: string | null): PolicyVersionDetail | null =>
    versions.known.find((each) => each?.id === id) ?? null;
  const [before, after] = [find(beforeVersionId), find(afterVersionId)];
  const assignments = useMemo(() => [...(before?.assignments ?? []), ...(after?.assignments ?? [])], [before, after]);
  const referred = useQuery(referredPoliciesQuery(tenantId)).data;
  const compared = versions.isUnreadable ? [] : versionIds;
  const names = useDocumentNames({ policyId, versionIds: compared, assignments, referred });
  const nodes = useMemo(
    () =>
      versions.isUnreadable
        ? treeOfChanges(evidence.changes, names)
        : compareDocuments(before, after, names, PARTS[kind]),
    [versions.isUnreadable, evidence, names, before, after, kind],
  );
  const isWaiting = versions.isPending && !versions.isUnreadable;
  const omitted = versions.isUnreadable ? (evidence.omittedChanges ?? 0) : 0;
  return (
    <>
      <Section title="Before and after" description={aboutOf(kind, omitted)} flush>
        {isWaiting ? (
          <LoadingRows />
        ) : (
          <DiffViewer
            nodes={nodes}
            labels={{ before: 'Before', after: 'Now' }}
            show={show}
            onShow={onShow}
            anchor={anchor}
            onAnchor={setAnchor}
            empty="No single value is listed for this finding: the policy as a whole came or went."
          />
        )}
      </Section>
      {versions.isUnreadable && (
        <Text size="sm" c="dimmed" mb="md">
          The two versions cannot be read any more, so only what the finding kept is shown.
        </Text>
      )}
      {!isWaiting && !versions.isUnreadable && <JsonDiff before={contentOf(before)} after={contentOf(after)} />}
    </>
  );
}

function aboutOf(kind: FindingKind, omitted: number): string | undefined {
  if (omitted > 0) return `${countOf(omitted, 'more change')} ${omitted === 1 ? 'was' : 'were'} too large to keep.`;
  if (kind === 'policy.added') return 'The policy is new, so everything in it counts as added.';
  if (kind === 'policy.removed') return 'The policy is gone; this is what it held.';
  return undefined;
}

function contentOf(version: PolicyVersionDetail | null) {
  if (version === null) return null;
  const { name, description, settings, properties, assignments } = version;
  return { name, description, settings, properties, assignments };
}
