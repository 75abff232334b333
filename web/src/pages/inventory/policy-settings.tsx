import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTenant } from '../../access/tenant-context';
import { policyDependenciesQuery, type Policy } from '../../api/policies';
import { compareDocuments } from '../../diff/policy-document';
import { SettingTree } from '../../diff/setting-tree';
import { useDocumentNames } from '../../inventory/document-names';
import { countOf } from '../../ui/format';

const PARTS = ['settings', 'properties'] as const;
const NOBODY: readonly never[] = [];

/** What the policy sets: its settings, and the properties of types whose settings are properties. */
export function PolicySettings({ policy }: { policy: Policy }) {
  const { tenantId } = useTenant();
  const referred = useQuery(policyDependenciesQuery(tenantId, policy.id)).data?.uses;
  const names = useDocumentNames({ policyId: policy.id, assignments: NOBODY, referred });
  const nodes = useMemo(() => compareDocuments(policy, policy, names, PARTS), [policy, names]);
  return <SettingTree nodes={nodes} summary={countsOf(policy)} caption="Settings" />;
}

/** Graph's own count is of the settings alone, so they are not mixed with the properties here. */
function countsOf({ settings, properties }: Policy): string {
  const counts = [
    { count: settings.length, words: countOf(settings.length, 'setting') },
    { count: Object.keys(properties).length, words: countOf(Object.keys(properties).length, 'property', 'properties') },
  ];
  const some = counts.filter(({ count }) => count > 0).map(({ words }) => words);
  return some.length === 0 ? 'None' : some.join(' and ');
}
