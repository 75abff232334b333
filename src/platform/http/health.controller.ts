import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { Database } from '../database/database.js';
import { DomainError } from '../errors/domain-error.js';

/** For whoever restarts or routes to this process: `live` says that it runs, `ready` that it can serve. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @Access.public()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('ready')
  @Access.public()
  async ready(): Promise<{ status: 'ok' }> {
    try {
      await this.database.query('SELECT 1');
    } catch {
      throw new DomainError('service.not_ready', 'unavailable', 'The database cannot be reached.');
    }
    return { status: 'ok' };
  }
}
