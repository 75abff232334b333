import type { DirectoryGroup } from '../../api/directory';
import { AppLink } from '../../ui/app-link';
import type { Column } from '../../ui/data-table';
import { TimeAgo } from '../../ui/time-ago';
import { RemovedBadge } from './removed-badge';
import { kindsText } from './group-words';

export function groupColumns(tenantId: string): Column<DirectoryGroup>[] {
  return [
    {
      key: 'name',
      header: 'Name',
      isHeading: true,
      cell: (group) => (
        <>
          <AppLink href={`/t/${tenantId}/directory/groups/${group.id}`} className="link">
            {group.displayName ?? 'No name'}
          </AppLink>
          {group.description !== null && <div className="cell-note">{group.description}</div>}
          {group.removedAt !== null && (
            <div className="cell-note">
              <RemovedBadge reason={group.removedReason} /> <TimeAgo at={group.removedAt} />
            </div>
          )}
        </>
      ),
    },
    { key: 'kinds', header: 'Kind', width: 220, cell: ({ kinds }) => kindsText(kinds) },
    { key: 'mail', header: 'Mail', width: '22%', cell: ({ mail }) => mail ?? '–' },
    { key: 'id', header: 'Id', width: 330, cell: ({ id }) => <code>{id}</code> },
  ];
}
