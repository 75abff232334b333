import { Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentUser, type Principal } from '../../../platform/access/access.decorator.js';
import { NotificationsService } from '../notifications.service.js';
import { NotificationPageDto, NotificationsQuery } from './notifications.dto.js';

/** The caller's own notes, over all their tenants. */
@ApiTags('notifications')
@Controller('notifications')
@Access.signedIn()
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @ApiOkResponse({ type: NotificationPageDto })
  list(@CurrentUser() user: Principal, @Query() query: NotificationsQuery): Promise<NotificationPageDto> {
    return this.notifications.list(user.userId, query);
  }

  @Post('read-all')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  readAll(@CurrentUser() user: Principal): Promise<void> {
    return this.notifications.markAllRead(user.userId);
  }

  @Post(':id/read')
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  read(@CurrentUser() user: Principal, @Param('id') id: string): Promise<void> {
    return this.notifications.markRead(user.userId, id);
  }
}
