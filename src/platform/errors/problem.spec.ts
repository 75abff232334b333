import { describe, expect, it } from '@jest/globals';
import { HttpException, MethodNotAllowedException } from '@nestjs/common';
import { StandbyReached } from '../database/refuse-standby.js';
import { DomainError, ERROR_KINDS } from './domain-error.js';
import { problemDocument, problemOf } from './problem.js';

describe('a problem', () => {
  it('has one status per kind of domain error', () => {
    const statuses = ERROR_KINDS.map((kind) => [kind, problemOf(new DomainError('a.b', kind, 'Sentence.')).status]);
    expect(Object.fromEntries(statuses)).toEqual({
      invalid: 400,
      unprocessable: 422,
      unauthenticated: 401,
      forbidden: 403,
      conflict: 409,
      'too-many': 429,
      unavailable: 503,
    });
  });

  it('carries the body of a domain error, which cannot replace the standard members', () => {
    const error = new DomainError('dispatch.unavailable', 'unavailable', 'Sentence.', {
      body: { run: { id: '1' }, status: 200, code: 'x' },
    });
    expect(problemDocument(problemOf(error), 'c-1')).toEqual({
      run: { id: '1' },
      type: 'urn:tenantatlas:problem:dispatch.unavailable',
      title: 'Service Unavailable',
      status: 503,
      code: 'dispatch.unavailable',
      detail: 'Sentence.',
      correlationId: 'c-1',
    });
  });

  it('does not repeat what the framework says', () => {
    for (const error of [new MethodNotAllowedException('secret'), new HttpException('secret', 418)]) {
      expect(JSON.stringify(problemOf(error))).not.toContain('secret');
    }
    expect(problemOf(new MethodNotAllowedException()).code).toBe('request.method_not_allowed');
    expect(problemOf(new HttpException('x', 418))).toMatchObject({ status: 418, code: 'request.refused' });
    expect(problemOf(new HttpException('secret', 502))).toMatchObject({ status: 500, code: 'internal.error' });
  });

  it('tells a database with a full disk from a lost one', () => {
    const full = Object.assign(new Error('could not extend file'), { code: '53100' });
    expect(problemOf(full)).toMatchObject({ status: 503, code: 'database.full', headers: { 'Retry-After': '60' } });
    expect(problemOf(Object.assign(new Error('x'), { code: '53300' }))).toMatchObject({ code: 'service.unavailable' });
  });

  it('tells a lost database from a fault of ours', () => {
    const lost = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'ECONNREFUSED' });
    const wrapped = Object.assign(new Error('query failed'), {
      driverError: Object.assign(new Error('shutting down'), { code: '57P01' }),
    });
    const cut = new Error('Connection terminated unexpectedly');
    for (const error of [lost, wrapped, cut, new StandbyReached()]) {
      expect(problemOf(error)).toMatchObject({ status: 503, code: 'service.unavailable' });
    }
    const constraint = Object.assign(new Error('duplicate key'), { code: '23505' });
    for (const error of [constraint, new Error('x'), 'text', null, undefined, { code: 'ECONNRESET' }]) {
      expect(problemOf(error)).toMatchObject({ status: 500, code: 'internal.error' });
    }
  });
});
