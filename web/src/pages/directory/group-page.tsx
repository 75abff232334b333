import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconTrash } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import { groupQuery, type DirectoryGroupDetail } from '../../api/directory';
import { FieldList, type Field } from '../../ui/field-list';
import { PageHeader } from '../../ui/page-header';
import { QueryView } from '../../ui/query-view';
import { Section } from '../../ui/section';
import { TechnicalDetails } from '../../ui/technical-details';
import { TimeAgo } from '../../ui/time-ago';
import { ValueText } from '../../ui/value-text';
import { kindsText, REMOVED_WORDS } from './group-words';

/** One group of the cache. */
export function GroupPage() {
  const { groupId } = useParams({ from: '/t/$tenantId/directory/groups/$groupId' });
  const { tenantId } = useTenant();
  const group = useQuery(groupQuery(tenantId, groupId));
  return (
    <QueryView query={group} isPage>
      {(data) => <GroupDetail group={data} />}
    </QueryView>
  );
}

function GroupDetail({ group }: { group: DirectoryGroupDetail }) {
  return (
    <>
      <PageHeader
        title={group.displayName ?? 'Group without a name'}
        parent={{ label: 'Directory', to: '/directory/groups' }}
        description={group.description === group.displayName ? undefined : (group.description ?? undefined)}
      />
      {group.removedAt !== null && (
        <Alert data-tone="amber" icon={<IconTrash aria-hidden />} mb="md">
          This group is not in the directory any more since <TimeAgo at={group.removedAt} />.{' '}
          {group.removedReason !== null && REMOVED_WORDS[group.removedReason]}
        </Alert>
      )}
      <Section title="Group">
        <FieldList fields={fieldsOf(group)} />
      </Section>
      {group.membershipRule !== null && (
        <Section title="Membership rule">
          <ValueText value={group.membershipRule} />
        </Section>
      )}
      <TechnicalDetails value={group} />
    </>
  );
}

function fieldsOf(group: DirectoryGroupDetail): Field[] {
  return [
    { label: 'Kind', value: kindsText(group.kinds) },
    { label: 'Mail', value: group.mail ?? 'None' },
    { label: 'Id', value: <code>{group.id}</code> },
    { label: 'First seen', value: <TimeAgo at={group.firstSeenAt} /> },
    { label: 'Last changed', value: <TimeAgo at={group.changedAt} /> },
    { label: 'Last named by a sync', value: <TimeAgo at={group.seenAt} /> },
  ];
}
