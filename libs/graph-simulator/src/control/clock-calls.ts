import type { ClockRules, SimulatorClock } from '../clock/simulator-clock.js';
import type { Reply } from '../http/reply.js';
import type { SimRequest } from '../http/request.js';
import { textOf, type GraphBody } from '../store/graph-body.js';
import { ControlError, controlReply } from './control-error.js';
import { flagOf, numberOf, oneOf } from './body-values.js';

const MODES = ['real', 'virtual'] as const;
const YEAR_MS = 366 * 24 * 3600 * 1000;

/**
 * `GET /clock`, `PUT /clock` (rules), `POST /clock/advance {ms}` and `POST /clock/wait {ms}` or `{until}` (ISO 8601), which
 * answers when that time has passed. undefined for any other call. Throws ControlError.
 */
export async function clockCall(
  clock: SimulatorClock,
  request: SimRequest,
  action: string | undefined,
  body: GraphBody,
): Promise<Reply | undefined> {
  switch (`${request.method} ${action ?? ''}`) {
    case 'GET ':
      return state(clock);
    case 'PUT ':
      clock.set(rulesOf(body));
      return state(clock);
    case 'POST advance':
      clock.advance(msOf(body));
      return state(clock);
    case 'POST wait':
      await clock.delay(waitOf(clock, body), request.gone);
      return state(clock);
    default:
      return undefined;
  }
}

function state(clock: SimulatorClock): Reply {
  return controlReply(200, { now: new Date(clock.now()).toISOString(), ...clock.rules() });
}

function rulesOf(body: GraphBody): Partial<ClockRules> {
  const rules: Partial<ClockRules> = {
    mode: oneOf(body, 'mode', MODES),
    autoAdvance: flagOf(body, 'autoAdvance'),
    parties: numberOf(body, 'parties', 1, 1000),
    settleMs: numberOf(body, 'settleMs', 0, 60_000),
    latencyMs: numberOf(body, 'latencyMs', 0, 600_000),
  };
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined));
}

function waitOf(clock: SimulatorClock, body: GraphBody): number {
  const until = textOf(body, 'until');
  if (until === undefined) return msOf(body);
  const at = Date.parse(until);
  if (Number.isNaN(at)) throw new ControlError(400, 'control.invalid_body', 'until has to be a time in ISO 8601.');
  return Math.max(0, at - clock.now());
}

function msOf(body: GraphBody): number {
  const ms = numberOf(body, 'ms', 0, YEAR_MS);
  if (ms === undefined) throw new ControlError(400, 'control.invalid_body', 'The body has to be {"ms": milliseconds}.');
  return ms;
}
