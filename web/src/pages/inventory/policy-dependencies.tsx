import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { policyDependenciesQuery, type PolicyDependency } from '../../api/policies';
import { GroupName } from '../../inventory/group-name';
import { DEFAULT_SCOPE_TAG } from '../../inventory/scope-tags';
import { usePolicyTypes } from '../../inventory/use-policy-types';
import { AppLink } from '../../ui/app-link';
import { BreakableName } from '../../ui/breakable-name';
import { DataTable, type Column } from '../../ui/data-table';
import { QueryView } from '../../ui/query-view';

const VIA_WORDS: Readonly<Record<string, string>> = {
  assignment: 'Assigned to it',
  exclusion: 'Excludes it',
  assignmentFilter: 'Filter of an assignment',
  scopeTag: 'Scope tag',
  template: 'Made from this template',
  'identityCertificate[]': 'Identity certificate',
  'identityCertificateForClientAuthentication[]': 'Client certificate',
  'networkAccessConfigurations[]': 'Profile for network access',
  'rootCertificate[]': 'Root certificate',
  'rootCertificateForClientValidation[]': 'Root certificate for client validation',
  'rootCertificateForServerValidation[]': 'Root certificate for server validation',
  'rootCertificatesForClientValidation[]': 'Root certificate for client validation',
  'rootCertificatesForServerValidation[]': 'Root certificate for server validation',
  'secondaryIdentityCertificateForClientAuthentication[]': 'Second client certificate',
  'secondaryRootCertificateForClientValidation[]': 'Second root certificate for client validation',
  'singleSignOnExtensionPkinitCertificate[]': 'Certificate for single sign-on',
  'smimeEncryptionCertificate[]': 'S/MIME encryption certificate',
  'smimeSigningCertificate[]': 'S/MIME signing certificate',
};

/** What a policy refers to and what refers to it. */
export function PolicyDependencies({ policyId }: { policyId: string }) {
  const { tenantId } = useTenant();
  const types = usePolicyTypes();
  const dependencies = useQuery(policyDependenciesQuery(tenantId, policyId));
  const columns: Column<PolicyDependency>[] = [
    { key: 'name', header: 'Name', isHeading: true, cell: (each) => <DependencyName dependency={each} /> },
    { key: 'type', header: 'Type', width: 230, cell: ({ type }) => types.labelOf(type) },
    { key: 'via', header: 'By', width: '30%', cell: ({ via }) => VIA_WORDS[via] ?? <BreakableName name={via} /> },
  ];
  return (
    <QueryView query={dependencies}>
      {({ uses, usedBy }) => (
        <>
          <Side title="Uses" none="It refers to nothing else." rows={uses} columns={columns} />
          <Side title="Used by" none="No policy of the inventory refers to it." rows={usedBy} columns={columns} />
        </>
      )}
    </QueryView>
  );
}

interface SideProps {
  title: string;
  none: string;
  rows: readonly PolicyDependency[];
  columns: readonly Column<PolicyDependency>[];
}

function Side({ title, none, rows, columns }: SideProps) {
  return (
    <>
      <Text component="h2" size="sm" fw={600} px="md" pt="md" pb={4}>
        {title}
      </Text>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" pb="sm">
          {none}
        </Text>
      ) : (
        <DataTable
          caption={title}
          columns={columns}
          rows={rows}
          keyOf={({ type, externalId, via }) => `${type} ${externalId} ${via}`}
        />
      )}
    </>
  );
}

function DependencyName({ dependency }: { dependency: PolicyDependency }) {
  const { tenantId } = useTenant();
  const { type, externalId, policyId, name, present } = dependency;
  if (type === 'group') return <GroupName groupId={externalId} />;
  if (policyId === null) {
    return (
      <>
        {type === 'roleScopeTag' && externalId === DEFAULT_SCOPE_TAG ? 'Default' : <code>{externalId}</code>}
        {present === false && <div className="cell-note">Not in the tenant any more</div>}
      </>
    );
  }
  return (
    <>
      <AppLink href={`/t/${tenantId}/inventory/policies/${policyId}`} className="link">
        {name ?? externalId}
      </AppLink>
      {present === false && <div className="cell-note">Not in the tenant any more</div>}
    </>
  );
}
