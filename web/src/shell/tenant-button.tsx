import { IconBuilding, IconSelector } from '@tabler/icons-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import { useTenant } from '../access/tenant-context';

/** Says which tenant this is, and leads to the others. */
export function TenantButton(props: ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> }) {
  const { tenantName } = useTenant();
  return (
    <button
      {...props}
      type="button"
      className="tenant-switcher"
      aria-label={`Tenant: ${tenantName}. Switch tenant`}
      aria-haspopup="listbox"
    >
      <IconBuilding size={16} className="tenant-icon" aria-hidden />
      <span>{tenantName}</span>
      <IconSelector size={14} aria-hidden />
    </button>
  );
}
