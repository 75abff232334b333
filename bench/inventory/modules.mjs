import { load } from '../built.mjs';

/** What the inventory's benchmarks take from the built product. */

/** @typedef {typeof import('../../libs/graph-simulator/src/graph-simulator.js')} SimulatorFile */
/** @typedef {typeof import('../../libs/graph-simulator/src/demo/generated/generated-tenants.js')} TenantsFile */
/** @typedef {typeof import('../../libs/graph-simulator/testing/followed-clock.js')} FollowedClockFile */
/** @typedef {typeof import('../../libs/graph-client/src/graph-client.js')} ClientFile */
/** @typedef {typeof import('../../libs/graph-client/src/token-source.js')} TokenSourceFile */
/** @typedef {typeof import('../../libs/graph-client/src/catalogue/policy-types.js')} TypesFile */
/** @typedef {typeof import('../../libs/graph-client/src/catalogue/profile-relations.js')} RelationsFile */
/** @typedef {typeof import('../../src/modules/inventory/inventory.module.js')} InventoryFile */
/** @typedef {typeof import('../../src/modules/inventory/sync/inventory-sync.js')} SyncFile */
/** @typedef {typeof import('../../src/modules/inventory/sync/selection.js')} SelectionFile */
/** @typedef {typeof import('../../src/modules/inventory/policy/canonical-policy.js')} CanonicalFile */
/** @typedef {typeof import('../../src/modules/inventory/runs/inventory-sync.run-type.js')} RunTypeFile */

export const { createGraphSimulator } = /** @type {SimulatorFile} */ (
  await load('libs/graph-simulator/src/graph-simulator.js')
);
export const { generatedTenant } = /** @type {TenantsFile} */ (
  await load('libs/graph-simulator/src/demo/generated/generated-tenants.js')
);
export const { FollowedClock } = /** @type {FollowedClockFile} */ (
  await load('libs/graph-simulator/testing/followed-clock.js')
);
export const { createGraphClient } = /** @type {ClientFile} */ (await load('libs/graph-client/src/graph-client.js'));
export const { createMsalTokenSource } = /** @type {TokenSourceFile} */ (
  await load('libs/graph-client/src/token-source.js')
);
export const { POLICY_TYPES } = /** @type {TypesFile} */ (
  await load('libs/graph-client/src/catalogue/policy-types.js')
);
export const { PROFILE_RELATIONS } = /** @type {RelationsFile} */ (
  await load('libs/graph-client/src/catalogue/profile-relations.js')
);
export const { InventoryModule } = /** @type {InventoryFile} */ (
  await load('src/modules/inventory/inventory.module.js')
);
export const { InventorySync } = /** @type {SyncFile} */ (await load('src/modules/inventory/sync/inventory-sync.js'));
export const { normaliseSelection } = /** @type {SelectionFile} */ (
  await load('src/modules/inventory/sync/selection.js')
);
export const { normalisePolicy } = /** @type {CanonicalFile} */ (
  await load('src/modules/inventory/policy/canonical-policy.js')
);
export const { InventorySyncRun } = /** @type {RunTypeFile} */ (
  await load('src/modules/inventory/runs/inventory-sync.run-type.js')
);
