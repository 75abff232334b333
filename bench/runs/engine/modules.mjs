import { load } from '../../built.mjs';

/** Everything that the benchmarks of runs take from the built product comes through here or through `engine.mjs`. */

/** @typedef {typeof import('../../../src/contexts/platform.module.js')} PlatformFile */
/** @typedef {typeof import('../../../src/modules/notifications/notifications.module.js')} NotificationsFile */
/** @typedef {typeof import('../../../src/modules/operations/operations.module.js')} OperationsFile */
/** @typedef {typeof import('../../../src/modules/operations/operations.worker.module.js')} OperationsWorkerFile */
/** @typedef {typeof import('../../../src/modules/operations/operation-run.service.js')} RunServiceFile */
/** @typedef {typeof import('../../../src/modules/operations/work/run-taker.js')} RunTakerFile */
/** @typedef {typeof import('../../../src/modules/operations/work/run-completion.js')} RunCompletionFile */
/** @typedef {typeof import('../../../src/modules/operations/work/run-handover.js')} RunHandoverFile */
/** @typedef {typeof import('../../../src/platform/queue/job-transport.js')} JobTransportFile */
/** @typedef {typeof import('../../../src/platform/database/tenant-scope.js')} TenantScopeFile */
/** @typedef {typeof import('../../../src/platform/database/column-types.js')} ColumnTypesFile */
/** @typedef {typeof import('../../../src/platform/database/migration-runner.js')} MigrationRunnerFile */
/** @typedef {typeof import('../../../src/platform/batching/coalescer.js')} CoalescerFile */
/** @typedef {typeof import('../../../libs/run-kit/src/run-type.js')} RunTypeFile */
/** @typedef {typeof import('../../../libs/run-kit/src/run-processor.js')} RunProcessorFile */

export const { PlatformModule } = /** @type {PlatformFile} */ (await load('src/contexts/platform.module.js'));
export const { NotificationsModule } = /** @type {NotificationsFile} */ (
  await load('src/modules/notifications/notifications.module.js')
);
export const { OperationsModule } = /** @type {OperationsFile} */ (
  await load('src/modules/operations/operations.module.js')
);
export const { OperationsWorkerModule } = /** @type {OperationsWorkerFile} */ (
  await load('src/modules/operations/operations.worker.module.js')
);
export const { OperationRunService } = /** @type {RunServiceFile} */ (
  await load('src/modules/operations/operation-run.service.js')
);
export const { RunTaker } = /** @type {RunTakerFile} */ (await load('src/modules/operations/work/run-taker.js'));
export const { RunHandover } = /** @type {RunHandoverFile} */ (
  await load('src/modules/operations/work/run-handover.js')
);
export const { RunCompletion } = /** @type {RunCompletionFile} */ (
  await load('src/modules/operations/work/run-completion.js')
);
export const { JobTransport } = /** @type {JobTransportFile} */ (await load('src/platform/queue/job-transport.js'));
export const { grantTenantScope } = /** @type {TenantScopeFile} */ (
  await load('src/platform/database/tenant-scope.js')
);
export const { COLUMN_TYPES } = /** @type {ColumnTypesFile} */ (await load('src/platform/database/column-types.js'));
export const { migrateUp } = /** @type {MigrationRunnerFile} */ (
  await load('src/platform/database/migration-runner.js')
);
export const { Coalescer } = /** @type {CoalescerFile} */ (await load('src/platform/batching/coalescer.js'));
export const { defineRunType } = /** @type {RunTypeFile} */ (await load('libs/run-kit/src/run-type.js'));
export const { Processes } = /** @type {RunProcessorFile} */ (await load('libs/run-kit/src/run-processor.js'));
