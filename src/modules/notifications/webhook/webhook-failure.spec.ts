import { describe, expect, it } from '@jest/globals';
import { verdictOfError, verdictOfStatus } from './webhook-failure.js';

const failing = (code: string): Error => Object.assign(new Error('connect https://hooks.example/token'), { code });

describe('verdictOfError', () => {
  it.each([
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'webhook.tls_failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'webhook.tls_failed'],
    ['CERT_HAS_EXPIRED', 'webhook.tls_failed'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'webhook.tls_failed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'webhook.tls_failed'],
    ['UND_ERR_CONNECT_TIMEOUT', 'webhook.timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'webhook.timeout'],
    ['ETIMEDOUT', 'webhook.timeout'],
    ['ECONNREFUSED', 'webhook.unreachable'],
    ['ECONNRESET', 'webhook.unreachable'],
    ['UND_ERR_SOCKET', 'webhook.unreachable'],
    ['UND_ERR_HEADERS_OVERFLOW', 'webhook.unreachable'],
    ['HPE_INVALID_CONSTANT', 'webhook.unreachable'],
  ])('reads %s as %s and nothing of its text', (code, verdict) => {
    expect(verdictOfError(failing(code))).toEqual({ delivered: false, code: verdict });
  });

  it.each([undefined, null, 'text', new Error('without a code'), { code: 7 }])('takes %p too', (error) => {
    expect(verdictOfError(error)).toEqual({ delivered: false, code: 'webhook.unreachable' });
  });
});

describe('verdictOfStatus', () => {
  it.each([200, 201, 202, 204, 299])('takes %i as delivered', (status) => {
    expect(verdictOfStatus(status, 5_000)).toEqual({ delivered: true, code: 'delivered', status });
  });

  it.each([
    [300, 'webhook.redirected'],
    [399, 'webhook.redirected'],
    [400, 'webhook.rejected'],
    [429, 'webhook.throttled'],
    [500, 'webhook.server_error'],
    [599, 'webhook.server_error'],
  ])('takes %i as %s, to be tried again', (status, code) => {
    expect(verdictOfStatus(status, 5_000)).toEqual({ delivered: false, code, status, retryAfterMs: 5_000 });
  });

  it('takes 410 as the end', () => {
    expect(verdictOfStatus(410, undefined)).toMatchObject({ code: 'webhook.gone', final: true });
  });
});
