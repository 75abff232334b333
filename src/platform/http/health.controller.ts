import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access } from '../access/access.decorator.js';
import { CORRELATION_HEADER } from '../context/request-context.middleware.js';
import { LIVE, readyAnswer, type HealthAnswer } from './health/health-answers.js';
import { Readiness } from './health/readiness.js';

/** For whoever restarts or routes to this process: `live` says that it runs, `ready` that it can serve. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Access.public()
  live(@Res({ passthrough: true }) response: Response): object {
    return answer(LIVE, response);
  }

  @Get('ready')
  @Access.public()
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    const correlationId = String(response.getHeader(CORRELATION_HEADER) ?? '');
    return answer(readyAnswer(await this.readiness.report(), correlationId), response);
  }
}

function answer({ status, contentType, body }: HealthAnswer, response: Response): object {
  response.status(status).type(contentType).setHeader('Cache-Control', 'no-store');
  return body;
}
