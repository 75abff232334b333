import { safeText } from './safe-text.js';

export interface GraphErrorText {
  graphCode?: string;
  message: string;
  requestId?: string;
}

const DEEPEST_NESTING = 2;

/**
 * Reads Graph's error envelope `{error: {code, message, innerError}}`. For errors raised behind the gateway Intune's
 * `message` is itself a JSON text with `Message`, sometimes twice nested with `ErrorCode`, and ends in
 * ` - Operation ID (for customer support): ...` (microsoftgraph/msgraph-sdk-powershell#1257).
 */
export function readGraphError(body: unknown): GraphErrorText {
  const error = record(record(body)?.['error']);
  if (!error) return { message: 'no error text' };
  const inner = record(error['innerError']) ?? record(error['innererror']);
  let graphCode = text(error['code']);
  let message = text(error['message']) ?? '';
  for (let level = 0; level < DEEPEST_NESTING; level += 1) {
    const nested = parsed(message);
    const nestedMessage = text(nested?.['Message']) ?? text(nested?.['message']);
    if (nestedMessage === undefined) break;
    graphCode = text(nested?.['ErrorCode']) ?? graphCode;
    message = nestedMessage;
  }
  return {
    message: safeText(message.replace(/ - Operation ID[\s\S]*$/, '')) || 'no error text',
    graphCode,
    requestId: text(inner?.['request-id']),
  };
}

/** The value as a JSON object, or undefined for anything else. */
export function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function parsed(message: string): Record<string, unknown> | undefined {
  if (!message.trimStart().startsWith('{')) return undefined;
  try {
    return record(JSON.parse(message));
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
