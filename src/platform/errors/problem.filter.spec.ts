import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DatabaseUnavailable } from '../database/database-unavailable.js';
import { DomainError } from './domain-error.js';
import { answerProblem } from './problem.filter.js';

describe('what is logged of a failed request', () => {
  let logged: jest.SpiedFunction<Logger['error']>;

  beforeEach(() => {
    logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    logged.mockRestore();
  });

  function logOf(error: unknown): unknown[] {
    const request = { method: 'GET', originalUrl: '/api/v1/me?secret=1' } as Request;
    const response = {
      headersSent: false,
      getHeader: () => 'c1',
      setHeader: () => undefined,
      status: () => response,
      type: () => response,
      send: () => response,
    };
    answerProblem(error, request, response as unknown as Response);
    return logged.mock.calls;
  }

  it('is one line for a database that is away, with the reason and without a stack', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const line = 'GET /api/v1/me failed with database.unavailable (ECONNREFUSED), correlation id c1';
    expect(logOf(new DatabaseUnavailable(refused))).toEqual([[line, undefined]]);
  });

  it('is the words of the driver where these have no code', () => {
    const line = 'GET /api/v1/me failed with database.unavailable (Connection terminated), correlation id c1';
    expect(logOf(new DatabaseUnavailable(new Error('Connection terminated')))).toEqual([[line, undefined]]);
  });

  it('is one line for what is out of reach and has no cause', () => {
    const line = 'GET /api/v1/me failed with dispatch.unavailable, correlation id c1';
    expect(logOf(new DomainError('dispatch.unavailable', 'unavailable', 'Later.'))).toEqual([[line, undefined]]);
  });

  it('has the stack of what nobody foresaw', () => {
    const error = new Error('boom');
    expect(logOf(error)).toEqual([[`GET /api/v1/me failed with internal.error, correlation id c1`, error.stack]]);
  });

  it('is nothing for a refusal', () => {
    expect(logOf(new DomainError('a.b', 'forbidden', 'No.'))).toEqual([]);
  });
});
