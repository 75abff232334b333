import type { TenantName } from '../../modules/operations/data/run-survey.repository.js';
import type { RunView } from '../../modules/operations/operation-run.service.js';
import { writeLines, type Terminal } from '../terminal.js';
import { clean, shortened } from '../text/clean-text.js';
import { timeOf } from '../text/words.js';
import { progressBar, progressWords } from './progress-line.js';
import type { ProgressRate } from './progress-rate.js';

/** What is shown of a run again and again. */
export interface Drawing {
  draw(run: RunView, tenant: TenantName, rate: ProgressRate): void;
  /** Leaves the terminal as it was found. */
  end(): void;
}

const CLEAR_LINE = '\r\u001b[2K';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

/** A bar that is drawn over itself for a person; lines, one for each change, for a file or a pipe. */
export function drawingOf(terminal: Terminal): Drawing {
  return terminal.interactive ? barDrawing(terminal) : lineDrawing(terminal);
}

function barDrawing(terminal: Terminal): Drawing {
  let begun = false;
  return {
    draw: (run, tenant, rate) => {
      if (!begun) terminal.write(`${shortened(titleOf(run, tenant), terminal.columns())}\n${HIDE_CURSOR}`);
      begun = true;
      terminal.write(`${CLEAR_LINE}${progressBar(run, rate, terminal.columns())}`);
    },
    end: () => terminal.write(begun ? `\n${SHOW_CURSOR}` : ''),
  };
}

function lineDrawing(terminal: Terminal): Drawing {
  let last: string | undefined;
  return {
    draw: (run, tenant, rate) => {
      if (last === undefined) writeLines(terminal, [titleOf(run, tenant)]);
      const { bucket, summaryCounts, cancelRequestedAt } = run;
      const now = JSON.stringify([bucket, summaryCounts, cancelRequestedAt]);
      if (now !== last) writeLines(terminal, [`${timeOf(terminal.now().toISOString())}  ${progressWords(run, rate)}`]);
      last = now;
    },
    end: () => undefined,
  };
}

function titleOf(run: RunView, tenant: TenantName): string {
  const subject = run.subject?.name ?? run.subject?.id;
  const what = subject === undefined ? run.label : `${run.label}: ${subject}`;
  return `Run ${run.id}  ${clean(what)}  ${clean(tenant.name)}`;
}
