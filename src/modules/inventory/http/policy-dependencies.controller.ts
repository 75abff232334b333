import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '../../../platform/access/access.decorator.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { parseId } from '../../../platform/http/parse-id.js';
import { PolicyDependencies } from '../policy-dependencies.js';
import { PolicySettingNames } from '../policy-setting-names.js';
import { PolicyDependenciesDto } from './policy-dependencies.dto.js';
import { SettingNamesDto, SettingNamesQuery } from './setting-names.dto.js';

/** What stands around a policy: what it refers to, what refers to it, and what its settings are called. */
@ApiTags('inventory')
@Controller('tenants/:tenantId/inventory/policies/:id')
@Access('inventory:read')
export class PolicyDependenciesController {
  constructor(
    private readonly dependencies: PolicyDependencies,
    private readonly names: PolicySettingNames,
  ) {}

  @Get('dependencies')
  @ApiOkResponse({ type: PolicyDependenciesDto })
  dependenciesOf(@Scope() scope: TenantScope, @Param('id') id: string): Promise<PolicyDependenciesDto> {
    return this.dependencies.of(scope, parseId(id));
  }

  @Get('setting-names')
  @ApiOkResponse({ type: SettingNamesDto })
  settingNames(
    @Scope() scope: TenantScope,
    @Param('id') id: string,
    @Query() { version }: SettingNamesQuery,
  ): Promise<SettingNamesDto> {
    return this.names.of(scope, parseId(id), (version ?? []).map(parseId));
  }
}
