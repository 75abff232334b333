import {
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { tap, type Observable } from 'rxjs';

/**
 * Lets the caller's own cache keep an answer that it asks for again and again. Express gives every body a weak ETag and
 * answers 304 to who has it; without this, the API's `no-store` keeps browsers from ever asking that way.
 */
@Injectable()
export class RevalidationInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    // `fetch` adds `no-cache` to whatever names an ETag by itself, and Express would then not compare it. It is meant for
    // caches on the way, which shall ask here; here the comparison is with the answer of this moment.
    delete http.getRequest<Request>().headers['cache-control'];
    return next.handle().pipe(
      tap(() => http.getResponse<Response>().setHeader('cache-control', 'private, no-cache')), // not on a refusal
    );
  }
}

/** For handlers that are polled: kept by the caller alone, and checked with this server at each use. */
export const Revalidated = (): MethodDecorator & ClassDecorator => UseInterceptors(RevalidationInterceptor);
