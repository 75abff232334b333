import { useQuery } from '@tanstack/react-query';
import { useTenant } from '../access/tenant-context';
import { overviewQuery } from '../api/overview';

/** Why nothing of the tenant can be read yet; null when it can, and until that is known. */
export function useMissingConnection(): string | null {
  const { tenantId } = useTenant();
  const overview = useQuery(overviewQuery(tenantId)).data;
  return overview?.connection === null ? 'The tenant is not connected to Microsoft Graph yet.' : null;
}
