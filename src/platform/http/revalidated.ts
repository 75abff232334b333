import {
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Response } from 'express';
import { tap, type Observable } from 'rxjs';

/**
 * Lets the caller's own cache keep an answer that it asks for again and again. Express gives every body a weak ETag and
 * answers 304 to who has it; without this, the API's `no-store` keeps browsers from ever asking that way.
 */
@Injectable()
export class RevalidationInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(tap(() => response.setHeader('cache-control', 'private, no-cache')));
  }
}

/** For handlers that are polled: kept by the caller alone, and checked with this server at each use. */
export const Revalidated = (): MethodDecorator & ClassDecorator => UseInterceptors(RevalidationInterceptor);
