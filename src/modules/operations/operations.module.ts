import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ControllableRuns } from './control/controllable-runs.js';
import { RunCanceller } from './control/run-canceller.js';
import { RunHolds } from './control/run-holds.js';
import { ActiveRunsRepository } from './data/active-runs.repository.js';
import { RunArchiveRepository } from './data/run-archive.repository.js';
import { RunClaimsRepository } from './data/run-claims.repository.js';
import { RunControlRepository } from './data/run-control.repository.js';
import { RunDaysRepository } from './data/run-days.repository.js';
import { RunDetailRepository } from './data/run-detail.repository.js';
import { RunDiagnosisRepository } from './data/run-diagnosis.repository.js';
import { RunDurationsRepository } from './data/run-durations.repository.js';
import { RunListRepository } from './data/run-list.repository.js';
import { RunRecoveryRepository } from './data/run-recovery.repository.js';
import { RunStartsRepository } from './data/run-starts.repository.js';
import { RunSurveyRepository } from './data/run-survey.repository.js';
import { RunTotalsRepository } from './data/run-totals.repository.js';
import { RunWorkRepository } from './data/run-work.repository.js';
import { FailureCatalogue } from './failures/failure-catalogue.js';
import { RunChanges } from './live/run-changes.js';
import { RunMetricsModule } from './metrics/run-metrics.module.js';
import { MonitoringService } from './monitoring.service.js';
import { OperationsFacade } from './operations.facade.js';
import { OperationRunService } from './operation-run.service.js';
import { HopelessRuns } from './recovery/hopeless-runs.js';
import { LeaseRepair } from './recovery/lease-repair.js';
import { RingRepair } from './recovery/ring-repair.js';
import { RowDiagnosis } from './recovery/row-diagnosis.js';
import { RingRemoval } from './recovery/ring-removal.js';
import { RunDoctor } from './recovery/run-doctor.js';
import { RunHousekeeping } from './recovery/run-housekeeping.js';
import { RunSweeper } from './recovery/run-sweeper.js';
import { TransportDiagnosis } from './recovery/transport-diagnosis.js';
import { RunRegistry } from './registry/run-registry.js';
import { RunDurations } from './run-durations.js';
import { RunDaysFacade } from './run-days.facade.js';
import { RunSurvey } from './run-survey.js';
import { RunTimings } from './run-timings.js';
import { ActiveRuns } from './start/active-runs.js';
import { DispatchMarks } from './start/dispatch-marks.js';
import { RunDispatcher } from './start/run-dispatcher.js';
import { RunRecords } from './start/run-records.js';
import { RunStarter } from './start/run-starter.js';
import { RunWriter } from './start/run-writer.js';
import { HandoverTransaction } from './work/handover-transaction.js';
import { RunCompletion } from './work/run-completion.js';
import { RunEndings } from './work/run-endings.js';
import { RunHandover } from './work/run-handover.js';
import { RunTaker } from './work/run-taker.js';

const DATA = [
  ActiveRunsRepository,
  RunArchiveRepository,
  RunClaimsRepository,
  RunControlRepository,
  RunDaysRepository,
  RunDetailRepository,
  RunDiagnosisRepository,
  RunDurationsRepository,
  RunListRepository,
  RunRecoveryRepository,
  RunStartsRepository,
  RunSurveyRepository,
  RunTotalsRepository,
  RunWorkRepository,
];
const START = [ActiveRuns, DispatchMarks, RunDispatcher, RunRecords, RunStarter, RunWriter];
const CONTROL = [ControllableRuns, RunCanceller, RunHolds];
const WORK = [HandoverTransaction, RunCompletion, RunEndings, RunHandover, RunTaker];
const RECOVERY = [HopelessRuns, LeaseRepair, RingRepair, RunHousekeeping, RunSweeper];
const DOCTOR = [RingRemoval, RowDiagnosis, RunDoctor, RunSurvey, TransportDiagnosis];

/** The run engine without its consumers; safe in both processes. */
@Module({
  imports: [DiscoveryModule, RunMetricsModule],
  providers: [
    ...DATA,
    ...START,
    ...CONTROL,
    ...WORK,
    ...RECOVERY,
    ...DOCTOR,
    FailureCatalogue,
    MonitoringService,
    OperationRunService,
    OperationsFacade,
    RunChanges,
    RunDaysFacade,
    RunDurations,
    RunRegistry,
    RunTimings,
  ],
  exports: [
    FailureCatalogue,
    MonitoringService,
    OperationRunService,
    OperationsFacade,
    RingRemoval,
    RunChanges,
    RunClaimsRepository,
    RunDaysFacade,
    RunDoctor,
    RunDurations,
    RunHandover,
    RunRegistry,
    RunSurvey,
    RunSweeper,
    RunTaker,
    RunTimings,
    RunWorkRepository,
  ],
})
export class OperationsModule {}
