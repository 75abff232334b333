import type { Verdict } from '../delivery/verdict.js';

const TLS = /^(?:ERR_TLS_|ERR_SSL_|CERT_|EPROTO$|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/;
const TIMEOUT = /^(?:ETIMEDOUT|UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT)$/;

/** What an HTTP status means for a delivery. @param retryAfterMs what the receiver asked for */
export function verdictOfStatus(status: number, retryAfterMs: number | undefined): Verdict {
  if (status >= 200 && status < 300) return { delivered: true, code: 'delivered', status };
  const failed = { delivered: false, status, retryAfterMs } as const;
  if (status < 400) return { ...failed, code: 'webhook.redirected' };
  if (status === 410) return { ...failed, code: 'webhook.gone', final: true };
  if (status === 429) return { ...failed, code: 'webhook.throttled' };
  return { ...failed, code: status < 500 ? 'webhook.rejected' : 'webhook.server_error' };
}

/** What a broken connection means for a delivery: only the error's code is read, its text names the receiver. */
export function verdictOfError(error: unknown): Verdict {
  const code = codeOf(error);
  if (TLS.test(code)) return { delivered: false, code: 'webhook.tls_failed' };
  return { delivered: false, code: TIMEOUT.test(code) ? 'webhook.timeout' : 'webhook.unreachable' };
}

function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
