import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../access/tenant-context';
import { knownGroupQuery } from '../api/directory';
import { AppLink } from '../ui/app-link';

/** A group by the name that the directory cache has for it; by its id alone when the cache does not know it. */
export function GroupName({ groupId }: { groupId: string }) {
  const { tenantId } = useTenant();
  const id = groupId.toLowerCase();
  const group = useQuery(knownGroupQuery(tenantId, id)).data;
  if (group === undefined || group === null) {
    return (
      <div>
        <code>{groupId}</code>
        {group === null && <div className="cell-note">Not in the directory cache</div>}
      </div>
    );
  }
  return (
    <div>
      <AppLink href={`/t/${tenantId}/directory/groups/${id}`} className="link">
        {group.displayName ?? groupId}
      </AppLink>
      {group.removedAt !== null && <div className="cell-note">Not in the directory any more</div>}
    </div>
  );
}
