import { Button } from '@mantine/core';
import { IconActivity, IconFilterOff } from '@tabler/icons-react';
import { useTenant } from '../../access/tenant-context';
import { AppLink } from '../../ui/app-link';
import { EmptyState } from '../../ui/states';

/** Nothing to list: because of the filters, or because nothing ever ran. */
export function NoRuns({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { tenantId } = useTenant();
  if (isFiltered) {
    return (
      <EmptyState
        icon={<IconFilterOff size={26} />}
        title="No operation matches"
        action={
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        }
      >
        There may be operations, but none with these filters.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconActivity size={26} />}
      title="Nothing ran yet"
      action={
        <Button component={AppLink} href={`/t/${tenantId}/inventory/policies`} variant="default">
          Go to the inventory
        </Button>
      }
    >
      Long work, such as an inventory sync, shows here as soon as it is queued. Start the first sync in the inventory.
    </EmptyState>
  );
}
