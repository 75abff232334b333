/** A simulated tenant and the app that reads it, as the seeding needs them. */
export interface SimulatedTenant {
  name: string;
  entraTenantId: string;
  clientId: string;
  clientSecret: string;
}

/** What the simulator's process says once it serves. */
export interface SimulatorReady {
  tenants: SimulatedTenant[];
  /** Files of the data folder that were left out, and why. */
  unreadable: { file: string; reason: string }[];
}

export function isSimulatorReady(message: unknown): message is SimulatorReady {
  return typeof message === 'object' && message !== null && 'tenants' in message;
}
