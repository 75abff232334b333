import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI 3 document of every controller. Needs the prefix to be set, and no started application. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('TenantAtlas')
    .setDescription(
      'Errors are application/problem+json with a stable code. Lists are keyset pages: pass nextCursor as cursor. ' +
        'What is not yours answers 403, foreign and unknown alike.',
    )
    .setVersion('1')
    .addCookieAuth('tenantatlas.sid')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config);
  declareTenant(document);
  return document;
}

/** The guard reads the tenant from the address and no handler takes it, so Nest does not know it as a parameter. */
function declareTenant(document: OpenAPIObject): void {
  const schema = { type: 'string', format: 'uuid' } as const;
  for (const [path, item] of Object.entries(document.paths)) {
    if (path.includes('{tenantId}')) item.parameters = [{ name: 'tenantId', in: 'path', required: true, schema }];
  }
}

/** `/api/openapi.json`, and a page to read it at `/api/docs`. */
export function serveApiDocs(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'TenantAtlas API',
  });
}
