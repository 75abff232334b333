import type { INestApplicationContext } from '@nestjs/common';
import type { TenantName } from '../../modules/operations/data/run-survey.repository.js';
import { RUN_CHANGED_CHANNEL } from '../../modules/operations/live/run-changes.js';
import type { RunView } from '../../modules/operations/operation-run.service.js';
import { LiveListener } from '../../platform/live/live-listener.js';
import { wordsOf } from '../../platform/live/live-signals.js';
import { isUnreachable } from '../cannot-say.js';
import type { RunCommand } from '../command-line.js';
import { writeLines, type Terminal } from '../terminal.js';
import { jsonText } from '../text/clean-text.js';
import { workedFor } from './run-words.js';
import { ProgressRate } from './progress-rate.js';
import { drawingOf, type Drawing } from './drawing.js';
import { detailJson, failureLines } from './run-detail.js';

/** A lost signal is made up for after this. */
const LOOK_MS = 2_000;

interface Found {
  run: RunView;
  tenant: TenantName;
}

/**
 * Shows a run until it ends, and answers it; undefined when a person left before. A database that goes away meanwhile is
 * waited for: whoever follows a run wants to see its end.
 */
export async function followRun(
  command: RunCommand,
  context: INestApplicationContext,
  terminal: Terminal,
  find: () => Promise<Found>,
): Promise<RunView | undefined> {
  let found = await find(); // the first look tells whether there is such a run
  const changes = new Changes(terminal.stop);
  const unsubscribe = await context.get(LiveListener, { strict: false }).subscribe(RUN_CHANGED_CHANNEL, (message) => {
    if (message === undefined || wordsOf(message).some((words) => words.endsWith(` ${command.runId}`))) changes.tell();
  });
  const drawing = command.json ? jsonDrawing(terminal) : drawingOf(terminal);
  const rate = new ProgressRate();
  try {
    for (;;) {
      rate.saw(found.run.summaryCounts.processed, performance.now());
      drawing.draw(found.run, found.tenant, rate);
      if (found.run.completedAt !== null) break;
      await changes.next();
      if (terminal.stop.aborted) return undefined;
      found = await find().catch((error: unknown) => {
        if (isUnreachable(error)) return found;
        throw error;
      });
    }
  } finally {
    drawing.end();
    unsubscribe();
  }
  if (!command.json)
    writeLines(terminal, [`Worked for ${workedFor(found.run, terminal.now())}.`, ...failureLines(found.run)]);
  return found.run;
}

/** One line of JSON for each change. */
function jsonDrawing(terminal: Terminal): Drawing {
  let last = '';
  return {
    draw: (run, tenant) => {
      const line = jsonText(detailJson(run, tenant, []));
      if (line !== last) writeLines(terminal, [line]);
      last = line;
    },
    end: () => undefined,
  };
}

/** Waits for the next sign that the run may have changed. */
class Changes {
  private told = false;
  private wake: () => void = () => undefined;

  constructor(private readonly stop: AbortSignal) {
    stop.addEventListener('abort', () => this.wake(), { once: true });
  }

  tell(): void {
    this.told = true;
    this.wake();
  }

  /** Resolves at a signal, at one that came since the last call, after a while, or at the stop. */
  async next(): Promise<void> {
    if (!this.told && !this.stop.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.told = false;
  }
}
