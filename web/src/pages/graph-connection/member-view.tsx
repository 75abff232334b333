import { useQuery } from '@tanstack/react-query';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { denialOf, useTenant } from '../../access/tenant-context';
import { tenantQuery } from '../../api/graph-connection';
import { FieldList } from '../../ui/field-list';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { EmptyState } from '../../ui/states';
import { TimeAgo } from '../../ui/time-ago';
import { CREDENTIAL_WORDS } from './credential-words';

/** What a member who may not set the connection sees of it. */
export function MemberView() {
  const access = useTenant();
  const tenant = useQuery(tenantQuery(access.tenantId));
  return (
    <Section title="Connection" description={denialOf(access, 'connection:write') ?? undefined}>
      <QueryView query={tenant}>
        {({ entraTenantId, graphConnection }) =>
          graphConnection === null ? (
            <EmptyState icon={<IconPlugConnectedX size={26} />} title="Not connected">
              An owner of the tenant has to connect it before anything can be read.
            </EmptyState>
          ) : (
            <FieldList
              fields={[
                { label: 'Directory (tenant) id', value: <code>{entraTenantId}</code> },
                { label: 'Signs in with', value: CREDENTIAL_WORDS[graphConnection.kind] },
                { label: 'Client id ends in', value: <code>{graphConnection.clientIdEnd || '–'}</code> },
                { label: 'Set', value: <TimeAgo at={graphConnection.updatedAt} /> },
              ]}
            />
          )
        }
      </QueryView>
    </Section>
  );
}
