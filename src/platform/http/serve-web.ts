import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import expressStaticGzip from 'express-static-gzip';

/** Not pages of the web UI: the API's own paths and the probes, in any case, as the router takes them. */
const NOT_PAGES = /^\/(api|health|metrics)(\/|$)/i;
const ONE_YEAR_MS = 365 * 24 * 3_600_000;

/** Files of a folder; where the build has left a compressed one beside it, that one. */
function filesOf(folder: string, serveStatic: { immutable?: boolean; maxAge?: number } = {}) {
  const files = expressStaticGzip(folder, {
    enableBrotli: true,
    orderPreference: ['br', 'gz'],
    index: false,
    serveStatic,
  });
  // What cannot be decoded names no file; who comes after it says what it is.
  return (request: Request, response: Response, next: NextFunction): void => {
    if (isDecodable(request.path)) files(request, response, next);
    else next();
  };
}

function isDecodable(address: string): boolean {
  try {
    decodeURIComponent(address);
    return true;
  } catch {
    return false;
  }
}

/**
 * Serves the built web UI: files under `/assets` for ever, since their names hold their hash, and `index.html` for every
 * other page, because the UI routes itself. Call it after the API is configured, so that the
 * security headers stand on pages too.
 */
export function serveWeb(app: NestExpressApplication, webDir: string): void {
  app.use('/assets', filesOf(path.join(webDir, 'assets'), { immutable: true, maxAge: ONE_YEAR_MS }));
  app.use(filesOf(webDir));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const page = request.method === 'GET' || request.method === 'HEAD';
    if (!page || NOT_PAGES.test(request.path) || request.path.startsWith('/assets/') || !request.accepts('html')) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(path.join(webDir, 'index.html'), (error) => {
      if (error && !response.headersSent) next();
    });
  });
}
