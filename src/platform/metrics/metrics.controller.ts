import { Controller, Get, Headers, NotFoundException, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access } from '../access/access.decorator.js';
import { DomainError } from '../errors/domain-error.js';
import { MetricsGate } from './metrics-gate.js';
import { Metrics } from './metrics.js';

/** For Prometheus, where `METRICS` says so; 404 otherwise. The gate, and no session, decides who reads. */
@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly gate: MetricsGate,
  ) {}

  @Get()
  @Access.public()
  @ApiBearerAuth()
  @ApiProduces('text/plain')
  read(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    switch (this.gate.answer(authorization)) {
      case 'closed':
        throw new NotFoundException();
      case 'refused':
        throw new DomainError('metrics.token_required', 'unauthenticated', 'Send the metrics token as a Bearer token.');
      case 'open':
        response.setHeader('Content-Type', this.metrics.contentType);
        response.setHeader('Cache-Control', 'no-store');
        return this.metrics.text();
    }
  }
}
