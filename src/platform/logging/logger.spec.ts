import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { runInContext } from '../context/request-context.js';
import { LineLogger, type LoggerOptions } from './logger.js';
import { redact } from './redact.js';

function written(options: Partial<LoggerOptions>, work: (logger: LineLogger) => void): string[] {
  const lines: string[] = [];
  const now = (): Date => new Date('2026-01-02T03:04:05.006Z');
  work(
    new LineLogger({
      program: 'api',
      level: 'log',
      json: false,
      now,
      write: (_, line) => void lines.push(line),
      ...options,
    }),
  );
  return lines;
}

describe('LineLogger', () => {
  it('writes one line an event, with its context and fields', () => {
    expect(written({}, (logger) => logger.warn('late', { ms: 12 }, 'Sync'))).toEqual([
      '2026-01-02T03:04:05.006Z api WARN [Sync] late {"ms":12}',
    ]);
  });

  it('writes JSON with the correlation id and the tenant of the call', () => {
    const [line = ''] = written({ json: true }, (logger) =>
      runInContext({ correlationId: 'c-1', tenantId: 't-1' }, () =>
        logger.error('broke', 'Error: x\n    at y', 'Sync'),
      ),
    );
    expect(JSON.parse(line)).toEqual({
      time: '2026-01-02T03:04:05.006Z',
      level: 'error',
      program: 'api',
      context: 'Sync',
      message: 'broke',
      correlationId: 'c-1',
      tenantId: 't-1',
      stack: 'Error: x\n    at y',
    });
  });

  it('names the run that is being worked', () => {
    const context = { correlationId: 'c-1', runId: '42' };
    const log = (logger: LineLogger): void => runInContext(context, () => logger.log('read', 'Sync'));
    expect(JSON.parse(written({ json: true }, log)[0] ?? '')).toMatchObject({ correlationId: 'c-1', runId: '42' });
    expect(written({}, log)).toEqual(['2026-01-02T03:04:05.006Z api LOG [Sync c-1 run 42] read']);
  });

  it('leaves out what is less grave than its level', () => {
    const lines = written({ level: 'warn' }, (logger) => {
      logger.log('a');
      logger.debug('b');
      logger.fatal('c');
    });
    expect(lines).toHaveLength(1);
  });

  it.each([
    'authorization: Bearer hunter2.hunter2',
    'postgres://tenantatlas:hunter2@127.0.0.1:5432/db failed',
    '{"password":"hunter2","email":"a@b.example"}',
    'client_secret=hunter2&scope=x',
    'cookie: sid=hunter2',
    'token eyJhbGciOiJub25lIn0.hunter2.hunter2 refused',
    '{"head":"eyJhbGciOiJub25lIn0","rest":"eyJzdWIiOiJhIn0.hunter2"}',
    'PUT https://x.blob.core.windows.net/c?sv=2022-11-02&sig=hunter2%2B%3D&se=2026',
    'AccountName=x;AccountKey=hunter2==;EndpointSuffix=core.windows.net',
    'Endpoint=sb://x/;SharedAccessKeyName=r;SharedAccessKey=hunter2=',
    '-----BEGIN PRIVATE KEY-----\nhunter2\nhunter2\n-----END PRIVATE KEY-----',
    'set-cookie: a=hunter2; b=hunter2',
    'x-api-key: hunter2',
    'GET https://hunter2@host.example/x',
    'GET https://app.example/callback?code=hunter2&state=1',
    'signed with whsec_hunter2',
    '{"password":"two words of hunter2"}',
  ])('hides the secret in %s', (text) => {
    const lines = [
      ...written({}, (logger) => logger.log(text)),
      ...written({ json: true }, (logger) => logger.log('m', { text })),
    ];
    expect(lines.join('')).toContain('[hidden]');
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('leaves JSON what it is, whatever its texts hold', () => {
    const parts = fc.constantFrom(
      'password=',
      '"password":"',
      '-----BEGIN PRIVATE KEY-----',
      'cookie: ',
      '?sig=',
      'a://',
      '@',
    );
    const text = fc.array(fc.oneof(parts, fc.constantFrom('"', "'", '\\', '\n', ' ', 'x'), fc.string()));
    fc.assert(
      fc.property(text, (all) => {
        const given = { text: all.join(''), nested: JSON.stringify({ text: all.join('') }) };
        expect(() => JSON.parse(redact(JSON.stringify(given))) as unknown).not.toThrow();
      }),
      { numRuns: 3_000 },
    );
  });
});
