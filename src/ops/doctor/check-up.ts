import { isHealthy, type Examination } from '../../modules/operations/recovery/divergence.js';
import type { DoctorReport } from '../../modules/operations/recovery/run-doctor.js';
import type { BellDivergence } from '../../modules/schedules/bell-doctor.facade.js';

/** What the doctors found: the one of runs and rings, and the one of schedules and bells. */
export interface CheckUp extends Examination {
  bells: BellDivergence[];
}

/** What both did. */
export interface Repaired extends DoctorReport {
  bellsHung: number;
  bellsTakenDown: number;
}

export function isWell(checkUp: CheckUp): boolean {
  return isHealthy(checkUp) && checkUp.bells.length === 0;
}
