import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, Scope } from '../../../platform/access/access.decorator.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { parseId } from '../../../platform/http/parse-id.js';
import { MonitoringService } from '../monitoring.service.js';
import { itemsAsCsv } from './run-items-csv.js';
import { ItemsFilter } from './run-items.dto.js';

/** Items that are read at once. */
const STEP = 1_000;

/** What a run did, to be taken along: the same items that its page shows, with the same filters. */
@ApiTags('operations')
@Controller('tenants/:tenantId/operations')
@Access('operations:read')
export class RunItemsCsvController {
  constructor(private readonly monitoring: MonitoringService) {}

  @Get(':runId/items.csv')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' }, description: 'One line for each item, below a head.' })
  async download(
    @Scope() scope: TenantScope,
    @Param('runId') runId: string,
    @Query() filter: ItemsFilter,
    @Res() response: Response,
  ): Promise<void> {
    const id = parseId(runId);
    const read = (cursor: string | undefined): ReturnType<MonitoringService['items']> =>
      this.monitoring.items(scope, id, { ...filter, limit: STEP, ...(cursor === undefined ? {} : { cursor }) });
    const first = await read(undefined); // a refusal must come before the first byte
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="run-${id}-items.csv"`,
    });
    const lines = itemsAsCsv((cursor) => (cursor === undefined ? Promise.resolve(first) : read(cursor)));
    await pipeline(Readable.from(lines), response).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  }
}

/** Whoever fetched the list went away before its end. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
