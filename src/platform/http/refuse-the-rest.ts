import { NotFoundException } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { answerProblem } from '../errors/problem.filter.js';

/**
 * Answers what neither a handler nor a page took with `request.not_found`. The framework does so below the API's prefix
 * alone; everywhere else Express would answer a page of its own that repeats the address. Call it after `init`, because
 * it has to stand behind every route.
 */
export function refuseTheRest(app: NestExpressApplication): void {
  app.use((request: Request, response: Response) => answerProblem(new NotFoundException(), request, response));
}
