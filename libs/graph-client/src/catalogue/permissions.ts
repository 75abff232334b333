import type { GraphCollection } from './policy-type.js';

export type Permissions = GraphCollection['permissions'];

/** Intune names its application permissions alike; the one that writes reads as well. */
function intune(area: string): Permissions {
  const write = `${area}.ReadWrite.All`;
  return { read: [`${area}.Read.All`, write], write: [write] };
}

export const CONFIGURATION_PERMISSIONS = intune('DeviceManagementConfiguration');
export const APPS_PERMISSIONS = intune('DeviceManagementApps');
export const SERVICE_CONFIG_PERMISSIONS = intune('DeviceManagementServiceConfig');
export const RBAC_PERMISSIONS = intune('DeviceManagementRBAC');
export const CLOUD_PC_PERMISSIONS = intune('CloudPC');

/**
 * Since July 2025 the five script collections no longer take `DeviceManagementConfiguration.*`
 * (sibranda/GetIntuneAssignments#14, quoting Microsoft).
 */
export const SCRIPTS_PERMISSIONS = intune('DeviceManagementScripts');

/** Sources differ for a few: Microsoft's pages name devices, tools ask for configuration; either is enough. */
const MANAGED_DEVICES = intune('DeviceManagementManagedDevices');
export const CONFIGURATION_OR_DEVICES_PERMISSIONS: Permissions = {
  read: [...CONFIGURATION_PERMISSIONS.read, ...MANAGED_DEVICES.read],
  write: [...CONFIGURATION_PERMISSIONS.write, ...MANAGED_DEVICES.write],
};

/** `Policy.Read.All` reads the policies and all that they lean on, so that it is the one to ask for. */
export const CONDITIONAL_ACCESS_PERMISSIONS: Permissions = {
  read: ['Policy.Read.All', 'Policy.Read.ConditionalAccess', 'Policy.ReadWrite.ConditionalAccess'],
  write: ['Policy.ReadWrite.ConditionalAccess'],
};
