import { FAULT_KINDS, type FaultKind, type FaultRule } from '../faults/fault-rules.js';
import { isBody, type GraphBody, type JsonValue } from '../store/graph-body.js';
import { ControlError } from './control-error.js';

const MAX_DELAY_MS = 600_000;

/** The rules of a `PUT /faults` body. Throws ControlError that names the rule and the field that is wrong. */
export function readFaultRules(body: GraphBody): FaultRule[] {
  const { rules } = body;
  if (!Array.isArray(rules)) throw invalid('The body has to be {"rules": [...]}.');
  return rules.map((rule, index) => readRule(rule, `Rule ${index + 1}`));
}

function readRule(rule: JsonValue, name: string): FaultRule {
  if (!isBody(rule)) throw invalid(`${name} is no object.`);
  if (typeof rule.match !== 'string') throw invalid(`${name}: match has to be a part of the path, as text.`);
  const kind = readKind(rule.kind, name);
  const status = readNumber(rule.status, 200, 599, `${name}: status`);
  const delayMs = readNumber(rule.delayMs, 0, MAX_DELAY_MS, `${name}: delayMs`) ?? 0;
  if (kind === 'status' && status === undefined && delayMs === 0)
    throw invalid(`${name} does nothing: it needs a status, a delayMs or another kind.`);
  return {
    match: rule.match,
    kind,
    status,
    delayMs,
    probability: readNumber(rule.probability, 0, 1, `${name}: probability`) ?? 1,
    times: readNumber(rule.times, 1, Number.MAX_SAFE_INTEGER, `${name}: times`),
    retryAfter: readRetryAfter(rule.retryAfter, name),
  };
}

function readKind(value: JsonValue | undefined, name: string): FaultKind {
  if (value === undefined || value === null) return 'status';
  const kind = FAULT_KINDS.find((candidate) => candidate === value);
  if (kind === undefined) throw invalid(`${name}: kind has to be one of ${FAULT_KINDS.join(', ')}.`);
  return kind;
}

function readNumber(value: JsonValue | undefined, least: number, most: number, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || value < least || value > most)
    throw invalid(`${name} has to be a number from ${least} to ${most}.`);
  return value;
}

function readRetryAfter(value: JsonValue | undefined, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  // A header value holds printable ASCII only.
  if (typeof value === 'number' || (typeof value === 'string' && !/[\u0000-\u001f\u007f-\uffff]/.test(value)))
    return String(value);
  throw invalid(`${name}: retryAfter has to be a number of seconds or a date.`);
}

function invalid(message: string): ControlError {
  return new ControlError(400, 'control.invalid_faults', message);
}
