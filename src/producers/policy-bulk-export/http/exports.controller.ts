import { pipeline } from 'node:stream/promises';
import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access, CurrentActor, Scope } from '../../../platform/access/access.decorator.js';
import type { Actor } from '../../../platform/context/actor.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { parseId } from '../../../platform/http/parse-id.js';
import type { StartedRun } from '../../../modules/operations/operation-run.service.js';
import { StartsRun } from '../../../modules/operations/starts-run.decorator.js';
import { BulkExportPayload } from '../bulk-export.run-type.js';
import { PolicyExportsService } from '../policy-exports.service.js';

@ApiTags('exports')
@Controller('tenants/:tenantId/exports')
export class ExportsController {
  constructor(private readonly exports: PolicyExportsService) {}

  @Post('policies')
  @Access('inventory:export')
  @StartsRun()
  start(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Body() body: BulkExportPayload,
  ): Promise<StartedRun> {
    return this.exports.start(scope, actor, body);
  }

  /** The archive of a finished export. What is in it, every member may read in the inventory. */
  @Get(':id')
  @Access('inventory:read')
  @ApiProduces('application/zip')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'A zip of JSON, a folder per type.' })
  async download(
    @Scope() scope: TenantScope,
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res() response: Response,
  ): Promise<void> {
    const archive = await this.exports.download(scope, actor, parseId(id));
    response.set({
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${archive.fileName}"`,
      'Content-Length': String(archive.bytes),
      'Repr-Digest': `sha-256=:${Buffer.from(archive.sha256, 'hex').toString('base64')}:`,
    });
    await pipeline(archive.parts, response).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  }
}

/** Whoever fetched the archive went away before its end. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
