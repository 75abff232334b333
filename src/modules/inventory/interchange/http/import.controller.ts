import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Access, Scope } from '../../../../platform/access/access.decorator.js';
import type { TenantScope } from '../../../../platform/database/tenant-scope.js';
import { PolicyImportService } from '../policy-import.service.js';
import { archiveOf } from './archive-body.js';
import { ImportReportDto } from './import.dto.js';

@ApiTags('inventory')
@Controller('tenants/:tenantId/inventory')
export class ImportController {
  constructor(private readonly imports: PolicyImportService) {}

  /**
   * Reads a zip of policies as IntuneManagement, IntuneCD or Microsoft Graph give them, and tells how each stands to the
   * tenant's. Nothing is stored or changed. A file that cannot be read is reported, and the rest goes on.
   */
  @Post('import')
  @HttpCode(200)
  @Access('inventory:import')
  @ApiConsumes('application/zip')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ type: ImportReportDto })
  report(@Scope() scope: TenantScope, @Req() request: Request): Promise<ImportReportDto> {
    return this.imports.report(scope, () => archiveOf(request));
  }
}
