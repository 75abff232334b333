import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { may, rolesWith, type Role } from '#libs/access-model/src/permissions.js';
import { COMMON_REASONS } from '#libs/run-kit/src/common-reasons.js';
import type { RunType } from '#libs/run-kit/src/run-type.js';
import { Access, CurrentRole } from '../../../platform/access/access.decorator.js';
import { FailureCatalogue } from '../failures/failure-catalogue.js';
import { payloadSchema } from '../registry/payload-schema.js';
import { RunRegistry } from '../registry/run-registry.js';
import { RunTypesDto, type RunReasonDto, type RunTypeDto } from './run-types.dto.js';

/** What can be run, so that filters, words and forms need nothing hard-coded. Comes before `operations/:runId`. */
@ApiTags('operations')
@Controller('tenants/:tenantId/operations/types')
@Access('operations:read')
export class RunTypesController {
  constructor(
    private readonly registry: RunRegistry,
    private readonly failures: FailureCatalogue,
  ) {}

  /** Every run type of this version, in the order of their kinds; all in one page. */
  @Get()
  @ApiOkResponse({ type: RunTypesDto })
  list(@CurrentRole() role: Role): RunTypesDto {
    return {
      items: this.registry.all().map(({ type }) => this.describe(type, role)),
      commonReasons: this.reasons(Object.keys(COMMON_REASONS)),
      nextCursor: null,
    };
  }

  private describe(type: RunType<object>, role: Role): RunTypeDto {
    const { kind, formerKinds, label, access, onLeaseLost, maxAttempts, timeoutMs, limitPerTenant } = type;
    return {
      kind,
      formerKinds,
      label: { ...label },
      access,
      roles: rolesWith(access),
      mayStart: may(role, access),
      reasons: this.reasons(Object.keys(type.reasons ?? {})),
      retry: { onLeaseLost, maxAttempts },
      timeoutMs,
      limitPerTenant,
      schedulable: type.schedule !== undefined,
      payloadSchema: payloadSchema(type.payload),
    };
  }

  private reasons(codes: readonly string[]): RunReasonDto[] {
    return codes.map((code) => this.failures.failure(code));
  }
}
