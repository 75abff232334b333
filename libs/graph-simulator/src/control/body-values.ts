import type { GraphBody } from '../store/graph-body.js';
import { ControlError } from './control-error.js';

/** A number of the body; undefined where it is not there. Throws ControlError for anything else. */
export function numberOf(body: GraphBody, name: string, least: number, most: number): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw invalid(`${name} has to be a number from ${least} to ${most}.`);
}

/** A true or false of the body; undefined where it is not there. Throws ControlError for anything else. */
export function flagOf(body: GraphBody, name: string): boolean | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  throw invalid(`${name} has to be true or false.`);
}

/** One of some words; undefined where it is not there. Throws ControlError for anything else. */
export function oneOf<T extends string>(body: GraphBody, name: string, words: readonly T[]): T | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw invalid(`${name} has to be one of ${words.join(', ')}.`);
  return word;
}

function invalid(message: string): ControlError {
  return new ControlError(400, 'control.invalid_body', message);
}
