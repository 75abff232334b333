import { describe, expect, it } from '@jest/globals';
import { signedHeaders } from './webhook-signature.js';

describe('signedHeaders', () => {
  it('signs as the reference implementation does', () => {
    // The vector of the Standard Webhooks libraries' own tests.
    const headers = signedHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      new Date(1_614_265_330_000),
    );
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('signs with each secret, the present one first', () => {
    const at = new Date(0);
    const one = signedHeaders('id', '{}', ['whsec_AAAA'], at)['webhook-signature'];
    const other = signedHeaders('id', '{}', ['whsec_BBBB'], at)['webhook-signature'];
    expect(signedHeaders('id', '{}', ['whsec_AAAA', 'whsec_BBBB'], at)['webhook-signature']).toBe(`${one} ${other}`);
  });
});
