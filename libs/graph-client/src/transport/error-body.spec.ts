import { describe, expect, it } from '@jest/globals';
import { failureCodeOf } from '../graph-failure.js';
import { readGraphError } from './error-body.js';

const tail =
  ' - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: 1 - Url: https://fef.example/x';
const nested = (message: string, extra: object = {}): string =>
  JSON.stringify(
    { _version: 3, Message: message, CustomApiErrorPhrase: '', RetryAfter: null, ...extra },
    null,
    2,
  ).replaceAll('\n', '\r\n');

describe('Graph error texts', () => {
  it('reads the plain envelope and the inner request id', () => {
    const body = { error: { code: 'Request_BadRequest', message: 'Bad\r\n text.', innerError: { 'request-id': 'r' } } };
    expect(readGraphError(body)).toEqual({ graphCode: 'Request_BadRequest', message: 'Bad text.', requestId: 'r' });
  });

  it('unwraps the nested message of Intune and drops its tail', () => {
    const body = { error: { code: 'Forbidden', message: nested(`Application is not authorized.${tail}`) } };
    expect(readGraphError(body)).toMatchObject({ graphCode: 'Forbidden', message: 'Application is not authorized.' });
  });

  it('unwraps a message that is nested twice, with its code', () => {
    const message = JSON.stringify({ ErrorCode: 'Forbidden', Message: nested(`No role.${tail}`) });
    const text = readGraphError({ error: { code: 'UnknownError', message } });
    expect(text).toMatchObject({ graphCode: 'Forbidden', message: 'No role.' });
    expect(failureCodeOf(401, text.graphCode)).toBe('graph.forbidden');
  });

  it('goes no deeper than two levels', () => {
    const message = nested(nested(nested('deep')));
    expect(readGraphError({ error: { code: 'x', message } }).message).toContain('"Message": "deep"');
  });

  it.each([undefined, {}, { error: 'text' }, { error: { code: '', message: '' } }, { error: { message: '{"broken' } }])(
    'survives %j',
    (body) => {
      const text = readGraphError(body);
      expect(text.graphCode).toBeUndefined();
      expect(text.message).not.toBe('');
    },
  );
});
