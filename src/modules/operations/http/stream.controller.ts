import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { Request, Response } from 'express';
import { Access, CurrentUser, Scope, type Principal } from '../../../platform/access/access.decorator.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { LiveStreams } from '../../../platform/live/live-streams.js';

export class StreamQuery {
  /** For clients that cannot set the header; the header wins. */
  @ApiPropertyOptional({ description: 'As Last-Event-ID, for clients that cannot set headers; the header wins.' })
  @IsOptional()
  @IsString()
  lastEventId?: string;
}

/** What happens in a tenant, while it happens. */
@ApiTags('operations')
@Controller('tenants/:tenantId/stream')
export class StreamController {
  constructor(private readonly streams: LiveStreams) {}

  /**
   * Server-sent events: `run` (as the run's own address answers it, in whatever state it is), `notification` (the
   * caller's own), `reset` (`{reason}`: read everything anew) and `beat` (`{at}`: all of that time was sent). A run may
   * come twice. With `Last-Event-ID` the stream tells all that changed since, from whichever process it comes.
   */
  @Get()
  @Access('operations:read')
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false })
  @ApiOkResponse({ schema: { type: 'string' } })
  open(
    @Scope() scope: TenantScope,
    @CurrentUser() user: Principal,
    @Query() query: StreamQuery,
    @Headers('last-event-id') header: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const lastEventId = header ?? query.lastEventId;
    return this.streams.open({ scope, user, permission: 'operations:read', request, response, lastEventId });
  }
}
