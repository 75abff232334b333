import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from './say.js';
import { StartError } from './start-error.js';

export interface ProcessSpec {
  /** As it stands in a sentence: "the worker". */
  name: string;
  launch: () => ChildProcess;
  /** Resolves once the process serves; gives up when `signal` aborts. */
  ready: (child: ChildProcess, signal: AbortSignal) => Promise<void>;
  stopSignal: NodeJS.Signals;
  killSignal: NodeJS.Signals;
  /** How long it may take to stop in order before it is killed. */
  stopPatienceMs: number;
  /** Where its words go. Absent: to the terminal. */
  logFile?: string;
  /** Whether its errors are shown on the terminal too; else the end of its log is, when it does not start. */
  echoesErrors: boolean;
}

const READY_PATIENCE_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A process that ran this long was sound; the pauses begin anew. */
const SOUND_AFTER_MS = 60_000;

/** A child that is started, watched, started again after a crash, and stopped. */
export class ManagedProcess {
  private child?: ChildProcess;
  private stopping = new AbortController();
  private pauseMs = FIRST_PAUSE_MS;

  constructor(
    private readonly spec: ProcessSpec,
    private readonly say: Say,
  ) {}

  /** Resolves when the process serves. Throws {@link StartError} with its last words when it ends before, or is late. */
  async start(): Promise<void> {
    await this.launch();
  }

  /** Stops it in order, or by force after its patience. Resolves when it has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const { child } = this;
    if (child === undefined || hasEnded(child)) return;
    child.kill(this.spec.stopSignal);
    const timer = setTimeout(() => {
      this.say(`${capitalised(this.spec.name)} does not stop; it is ended by force.`);
      child.kill(this.spec.killSignal);
    }, this.spec.stopPatienceMs);
    await ended(child);
    clearTimeout(timer);
  }

  /** Ends it at once. */
  kill(): void {
    this.stopping.abort();
    if (this.child !== undefined && !hasEnded(this.child)) this.child.kill(this.spec.killSignal);
  }

  private async launch(): Promise<void> {
    const child = this.spec.launch();
    this.child = child;
    const launchedAt = Date.now();
    const giveUp = new AbortController();
    const failed = new Promise<never>((_, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => reject(new Error(`ended (${signal ?? `code ${code}`})`)));
      giveUp.signal.addEventListener('abort', () =>
        reject(new Error(`was not ready in ${READY_PATIENCE_MS / 1000} s`)),
      );
    });
    failed.catch(() => undefined); // also rejects when the process ends long after it was ready
    const timer = setTimeout(() => giveUp.abort(), READY_PATIENCE_MS);
    try {
      await Promise.race([this.spec.ready(child, giveUp.signal), failed]);
    } catch (error) {
      if (!hasEnded(child) && child.pid !== undefined) child.kill(this.spec.killSignal);
      const sentence = error instanceof StartError ? error.message : `${capitalised(this.spec.name)} ${text(error)}.`;
      throw new StartError(`${sentence}${await this.lastWords()}`, { cause: error });
    } finally {
      clearTimeout(timer);
      giveUp.abort();
    }
    const onExit = (): void => void this.restart(launchedAt);
    if (hasEnded(child)) onExit();
    else child.once('exit', onExit);
  }

  private async restart(launchedAt: number): Promise<void> {
    const { signal } = this.stopping;
    if (Date.now() - launchedAt > SOUND_AFTER_MS) this.pauseMs = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      this.say(`${capitalised(this.spec.name)} ended by itself; it is started again in ${this.pauseMs / 1000} s.`);
      await sleep(this.pauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
      try {
        await this.launch();
        this.say(`${capitalised(this.spec.name)} is running again.`);
        return;
      } catch (error) {
        if (!signal.aborted) this.say(text(error));
      }
    }
  }

  private async lastWords(): Promise<string> {
    const { logFile, echoesErrors } = this.spec;
    if (logFile === undefined) return '';
    if (echoesErrors) return ` Its log is ${logFile}.`;
    const log = await readFile(logFile, 'utf8').catch(() => '');
    return `\n${log.trimEnd().split('\n').slice(-15).join('\n')}`;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function ended(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
