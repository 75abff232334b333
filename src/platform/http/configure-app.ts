import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { DataSource } from 'typeorm';
import { RequestAuthentication } from '../access/request-authentication.js';
import type { Settings } from '../config/settings.js';
import { openRequestContext } from '../context/request-context.middleware.js';
import { ProblemFilter } from '../errors/problem.filter.js';
import { HttpMetrics } from '../metrics/http-metrics.js';
import { observeRequests } from '../telemetry/observe-requests.js';
import { refuseCrossSite } from './cross-site.middleware.js';
import { SESSION_COOKIE, sessions } from './session.middleware.js';
import { RequestValidation } from './validation.js';

const BODY_LIMIT = '1mb';

/**
 * Makes the application the API of `docs`: prefix, sessions, who calls, validation, problems, headers. Call it before
 * `init` or `listen`, on an application created with `bodyParser: false`; the process and the tests both do.
 */
export function configureHttpApp(app: NestExpressApplication, settings: Settings): void {
  setApiPrefix(app);
  if (settings.trustProxy) app.set('trust proxy', 1);
  app.disable('x-powered-by');
  app.use(openRequestContext);
  app.use(observeRequests(app.get(HttpMetrics)));
  app.use(securityHeaders(settings));
  app.use(
    compression({ filter: (request, response) => !isEventStream(response) && compression.filter(request, response) }),
  );
  app.use('/api', neverCached);
  app.use('/api', refuseCrossSite(SESSION_COOKIE, settings.publicUrl));
  app.use('/api', sessions(app.get(DataSource), settings));
  for (const handler of app.get(RequestAuthentication).handlers()) app.use('/api', handler);
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalPipes(new RequestValidation());
  app.useGlobalFilters(new ProblemFilter());
}

/** `/api/v1` before every handler but the probes; the OpenAPI document needs no more of the application than this. */
export function setApiPrefix(app: NestExpressApplication): void {
  app.setGlobalPrefix('api/v1', { exclude: ['health/live', 'health/ready', 'metrics'] });
}

/** The policy suits the built web UI on the same origin: no inline script, inline styles as component libraries need. */
function securityHeaders(settings: Settings): ReturnType<typeof helmet> {
  const https = settings.publicUrl.startsWith('https:');
  return helmet({
    strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
  });
}

function isEventStream(response: Response): boolean {
  return String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
}

function neverCached(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('cache-control', 'no-store');
  next();
}
