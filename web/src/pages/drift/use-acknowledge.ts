import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTenant } from '../../access/tenant-context';
import { messageOf } from '../../api/client';
import { acknowledgeFindings, driftKey } from '../../api/findings';
import { countOf } from '../../ui/format';

/** Acknowledges findings and reads what is on the screen again. */
export function useAcknowledge(onDone?: () => void) {
  const { tenantId } = useTenant();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[]) => acknowledgeFindings(tenantId, ids),
    onSuccess: ({ acknowledged, unchanged }) => {
      notifications.show({
        color: 'green',
        title: `${countOf(acknowledged, 'finding')} acknowledged`,
        message:
          unchanged > 0 ? `${countOf(unchanged, 'was', 'were')} acknowledged before.` : 'Your name is kept with it.',
      });
      onDone?.();
    },
    onError: (error) => notifications.show({ color: 'red', title: 'Not acknowledged', message: messageOf(error) }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: driftKey(tenantId) }),
  });
}
