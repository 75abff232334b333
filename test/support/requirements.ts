import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe } from '@jest/globals';
import { findExecutable } from './executables.js';

/** The folder of real exports beside the project; its files are read where they lie and never copied. */
export const SHARED_DIR = path.resolve(import.meta.dirname, '../../../shared');

/** `redis-server`, or undefined where the machine has none. */
export const REDIS_SERVER = findExecutable(['redis-server']);

/** Chromium or Chrome, or undefined where the machine has none; `CHROMIUM_PATH` names one. */
export const CHROMIUM =
  process.env.CHROMIUM_PATH ??
  findExecutable(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);

type Suite = () => void;

/** A suite on the exports in `../shared`; without them it is skipped, by name and in words, on every machine. */
export function describeIfShared(name: string, suite: Suite): void {
  if (existsSync(path.join(SHARED_DIR, 'data'))) describe(name, suite);
  else describe.skip(`${name} (skipped: there is no ../shared/data)`, suite);
}

/** A suite with a real Redis. Without `redis-server` it is skipped in words; under `CI=true` it runs, and so fails. */
export function describeIfRedis(name: string, suite: Suite): void {
  describeIf(REDIS_SERVER !== undefined, name, 'redis-server is not installed', suite);
}

/** A suite in a real browser. Without Chromium it is skipped in words; under `CI=true` it runs, and so fails. */
export function describeIfChromium(name: string, suite: Suite): void {
  describeIf(CHROMIUM !== undefined, name, 'Chromium is not installed', suite);
}

function describeIf(present: boolean, name: string, absence: string, suite: Suite): void {
  if (present || process.env.CI === 'true') describe(name, suite);
  else describe.skip(`${name} (skipped: ${absence})`, suite);
}
