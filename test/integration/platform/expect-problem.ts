import { expect } from '@jest/globals';
import type { Response } from 'supertest';

/**
 * A refusal as the contract describes it, which says nothing of what is behind it and repeats no password.
 * @param status the only one, or those that will do
 * @param code any code when left out
 */
export function expectProblem(answer: Response, status: number | number[], code?: string): void {
  const what = `${answer.request.method} ${answer.request.url} ${answer.status} ${answer.text}`;
  expect([what, [status].flat().includes(answer.status)]).toEqual([what, true]);
  expect([what, answer.headers['content-type']]).toEqual([what, expect.stringMatching(/^application\/problem\+json/)]);
  expect([what, JSON.parse(answer.text)]).toEqual([
    what,
    expect.objectContaining({
      status: answer.status,
      code: code ?? expect.stringMatching(/^[a-z_]+(\.[a-z_]+)+$/),
      type: expect.any(String),
      title: expect.any(String),
      detail: expect.any(String),
      correlationId: answer.headers['x-correlation-id'],
    }),
  ]);
  expect(answer.text).not.toMatch(/node_modules|\.js:\d|SELECT |syntax|hunter2/);
}
