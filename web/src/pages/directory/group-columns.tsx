import type { DirectoryGroup } from '../../api/directory';
import { AppLink } from '../../ui/app-link';
import { BreakableName } from '../../ui/breakable-name';
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
      width: '34%',
      cell: (group) => (
        <>
          <AppLink href={`/t/${tenantId}/directory/groups/${group.id}`} className="link">
            {group.displayName ?? 'No name'}
          </AppLink>
          {group.description !== null && group.description !== group.displayName && (
            <div className="cell-note">{group.description}</div>
          )}
          {group.removedAt !== null && (
            <div className="cell-note">
              <RemovedBadge reason={group.removedReason} /> <TimeAgo at={group.removedAt} />
            </div>
          )}
        </>
      ),
    },
    { key: 'kinds', header: 'Kind', width: 190, cell: ({ kinds }) => kindsText(kinds) },
    { key: 'mail', header: 'Mail', cell: ({ mail }) => (mail === null ? '–' : <BreakableName name={mail} />) },
    { key: 'id', header: 'Id', width: 320, cell: ({ id }) => <code>{id}</code> },
  ];
}
