import type { LoggerService } from '@nestjs/common';
import { environmentLogging } from '../config/environment.js';
import { LOG_LEVELS, type LogLevel } from '../config/settings.js';
import { currentContext } from '../context/request-context.js';
import { currentTraceId } from '../telemetry/spans.js';
import { redact } from './redact.js';

export interface LoggerOptions {
  /** The program's name, in every line. */
  program: string;
  /** The least grave level that is written. */
  level: LogLevel;
  /** One JSON object a line for machines, or words for people. */
  json: boolean;
  now: () => Date;
  write: (level: LogLevel, line: string) => void;
}

/** Where Nest logs an error that it then throws to the entry point, which tells of it once. */
const NEST_BOOT_ERRORS = 'ExceptionHandler';

interface Entry {
  level: LogLevel;
  message: string;
  context?: string;
  stack?: string;
  fields: Record<string, unknown>;
}

/**
 * Nest's logger for both processes: one line an event, with the correlation id, the tenant, the run and the trace of the
 * call that is being served, and with secrets hidden.
 */
export class LineLogger implements LoggerService {
  constructor(private readonly options: LoggerOptions) {}

  log(message: unknown, ...more: unknown[]): void {
    this.write('log', message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('verbose', message, more);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  private write(level: LogLevel, message: unknown, more: readonly unknown[]): void {
    if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(this.options.level)) return;
    const entry = entryOf(level, message, more);
    if (entry.context === NEST_BOOT_ERRORS) return;
    this.options.write(level, redact(this.options.json ? this.asJson(entry) : this.asWords(entry)));
  }

  private asJson({ level, message, context, stack, fields }: Entry): string {
    const call = currentContext();
    return JSON.stringify({
      time: this.options.now().toISOString(),
      level,
      program: this.options.program,
      context,
      message,
      correlationId: call?.correlationId,
      tenantId: call?.tenantId,
      runId: call?.runId,
      traceId: currentTraceId(),
      ...fields,
      stack,
    });
  }

  private asWords({ level, message, context, stack, fields }: Entry): string {
    const call = currentContext();
    const run = call?.runId === undefined ? undefined : `run ${call.runId}`;
    const where = [context, call?.correlationId, run].filter((part) => part !== undefined).join(' ');
    const extra = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`;
    const head = `${this.options.now().toISOString()} ${this.options.program} ${level.toUpperCase()}`;
    return `${head}${where === '' ? '' : ` [${where}]`} ${message}${extra}${stack === undefined ? '' : `\n${stack}`}`;
  }
}

/** The logger of `program`, as `NODE_ENV` and `LOG_LEVEL` ask for; errors go to standard error. */
export function createLogger(program: string): LoggerService {
  // A log that nobody reads any more, or whose disk is full, is lost; what the process serves and works is not.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return new LineLogger({
    ...environmentLogging(),
    program,
    now: () => new Date(),
    write: (level, line) => {
      const stream = level === 'error' || level === 'fatal' ? process.stderr : process.stdout;
      stream.write(`${line}\n`);
    },
  });
}

/** Nest calls with (message, …more, context), and for errors with (message, stack, context). */
function entryOf(level: LogLevel, message: unknown, more: readonly unknown[]): Entry {
  const entry: Entry = { level, message: wordsOf(message), fields: {} };
  if (message instanceof Error && message.stack !== undefined) entry.stack = message.stack;
  for (const [index, part] of more.entries()) {
    if (part === undefined || part === null) continue;
    if (part instanceof Error) entry.stack = part.stack ?? part.message;
    else if (typeof part === 'object') Object.assign(entry.fields, part);
    else if (typeof part === 'string' && /\n\s+at /.test(part)) entry.stack = part;
    else if (index === more.length - 1 && typeof part === 'string') entry.context = part;
    else entry.message += ` ${wordsOf(part)}`;
  }
  return entry;
}

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return value.message;
  return JSON.stringify(value) ?? String(value);
}
