import {
  applyDecorators,
  HttpCode,
  HttpStatus,
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { tap, type Observable } from 'rxjs';
import { StartedRunDto } from './http/operations.dto.js';
import type { StartedRun } from './run-view.js';

/** Seconds after which a first look at the run is worth it; small runs are done by then. */
const FIRST_LOOK_SECONDS = '1';

@Injectable()
class StartHeaders implements NestInterceptor<StartedRun, StartedRun> {
  intercept(context: ExecutionContext, next: CallHandler<StartedRun>): Observable<StartedRun> {
    return next.handle().pipe(
      tap((started) => {
        const response = context.switchToHttp().getResponse<Response>();
        response.setHeader('Location', started.links.self);
        response.setHeader('Retry-After', FIRST_LOOK_SECONDS);
      }),
    );
  }
}

/** Marks a handler that answers a {@link StartedRun}: 202 with `Location` of the run and `Retry-After`. */
export function StartsRun(): MethodDecorator {
  return applyDecorators(
    HttpCode(HttpStatus.ACCEPTED),
    UseInterceptors(StartHeaders),
    ApiResponse({
      status: 202,
      type: StartedRunDto,
      description: 'The run that was started, or the equal active one.',
    }),
    ApiResponse({
      status: 503,
      description: 'No worker could be told; the answer holds the run, completed as failed.',
    }),
  );
}
