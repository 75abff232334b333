import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../../platform/http/page.js';

export class NotificationsQuery extends PageQuery {
  /** Only notes that were not read. */
  @IsOptional()
  @IsIn(['true', 'false'])
  unread?: 'true' | 'false';
}

export class NotificationLinksDto {
  run!: string;
  ui!: string;
}

export class NotificationDto {
  id!: string;
  tenantId!: string;
  tenantName!: string;
  runId!: string;
  @ApiProperty({ enum: ['queued', 'terminal'] })
  kind!: 'queued' | 'terminal';
  @ApiProperty({ type: String, nullable: true })
  outcome!: string | null;
  title!: string;
  body!: string;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  readAt!: string | null;
  links!: NotificationLinksDto;
}

export class NotificationPageDto {
  @ApiProperty({ type: [NotificationDto] })
  items!: NotificationDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
  /** Unread notes in all, whatever page this is. */
  unread!: number;
}
