import { randomUUID } from 'node:crypto';
import type { CollectionSpec } from './collections.js';

/** An answer of Graph within the simulator: what a batch member carries too. */
export interface GraphReply {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** Everything an error's envelope tells about its request. */
export interface RequestTrace {
  /** Milliseconds since 1970. */
  now: number;
  requestId: string;
  clientRequestId: string;
  /** Path and query below the version, for the service URL inside nested messages. */
  path: string;
}

/** The service that stands behind a path: each has its own way to say no. */
export type Family = 'intune' | 'directory';

/** A refusal inside the Graph handlers; becomes the reply as it is. */
export class GraphRefusal extends Error {
  constructor(readonly reply: GraphReply) {
    super(`Graph answers ${reply.status}`);
  }
}

/** Graph's envelope. `date` has no zone, as on the wire. */
export function graphError(
  trace: RequestTrace,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
  inner: Record<string, string> = {},
): GraphReply {
  return {
    status,
    headers,
    body: {
      error: {
        code,
        message,
        innerError: {
          ...inner,
          date: new Date(trace.now).toISOString().slice(0, 19),
          'request-id': trace.requestId,
          'client-request-id': trace.clientRequestId,
        },
      },
    },
  };
}

/** Intune's errors: `message` is itself a JSON text (captured in srozemuller/IntuneAssistant#6 and others). */
export function intuneError(
  trace: RequestTrace,
  status: number,
  code: string,
  text: string,
  headers: Record<string, string> = {},
): GraphReply {
  const [path = '', query = ''] = trace.path.split('?');
  const url = `https://fef.msud01.manage.microsoft.com/${serviceOf(path)}${path}?api-version=5024-12-01${query === '' ? '' : `&${query}`}`;
  const nested = {
    _version: 3,
    Message: `${text} - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: ${randomUUID()} - Url: ${url}`,
    CustomApiErrorPhrase: '',
    RetryAfter: null,
    ErrorSourceService: '',
    HttpHeaders: '{}',
  };
  return graphError(trace, status, code, JSON.stringify(nested, null, 2).replaceAll('\n', '\r\n'), headers);
}

/** The front end behind a path, as the URL in a nested message names it. */
function serviceOf(path: string): string {
  return /^\/?deviceAppManagement/i.test(path)
    ? 'AppLifecycle_2411/StatelessAppMetadataFEService'
    : 'DeviceConfiguration_2411/StatelessDeviceConfigurationFEService';
}

export function badRequest(trace: RequestTrace, message: string): GraphRefusal {
  return new GraphRefusal(graphError(trace, 400, 'BadRequest', message));
}

export function unknownSegment(trace: RequestTrace, segment: string): GraphRefusal {
  return badRequest(trace, `Resource not found for the segment '${segment}'.`);
}

export function noRoute(trace: RequestTrace, template: string): GraphRefusal {
  const message = `No OData route exists that match template ~/singleton/navigation/key/${template} with http verb GET for request ${trace.path}.`;
  return new GraphRefusal(graphError(trace, 400, 'No method match route template', message));
}

export function wrongVerb(trace: RequestTrace): GraphRefusal {
  const message = 'Specified HTTP method is not allowed for the request target.';
  return new GraphRefusal(graphError(trace, 405, 'Request_BadRequest', message));
}

export function notFound(trace: RequestTrace, family: Family, id: string): GraphReply {
  switch (family) {
    case 'intune':
      return intuneError(trace, 404, 'ResourceNotFound', 'An error has occurred');
    case 'directory': {
      const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
      return graphError(trace, 404, 'Request_ResourceNotFound', message);
    }
  }
}

/** `permissions` are the ones of which any would do; `named` is false for a token without any application permission. */
export function forbidden(
  trace: RequestTrace,
  family: Family,
  permissions: readonly string[],
  named = true,
): GraphReply {
  switch (family) {
    case 'intune': {
      const text = named
        ? `Application is not authorized to perform this operation. Application must have one of the following scopes: ${permissions.join(', ')}`
        : 'Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.';
      return intuneError(trace, 403, 'Forbidden', text);
    }
    case 'directory':
      return graphError(
        trace,
        403,
        'Authorization_RequestDenied',
        'Insufficient privileges to complete the operation.',
      );
  }
}

/** `retryAfter` as it goes into the header; without it the header is absent, which the real service does at times. */
export function tooManyRequests(
  trace: RequestTrace,
  family: Family,
  retryAfter: string | undefined,
  appId: string,
  tenantId: string,
): GraphReply {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
  switch (family) {
    case 'intune':
      return intuneError(trace, 429, 'TooManyRequests', 'Too many requests', headers);
    case 'directory': {
      const message = `Too many requests from Identifier:${tenantId} under category:aadgraph.app.tenant_large. Please try again later.`;
      return graphError(trace, 429, 'Request_ThrottledTemporarily', message, {
        ...headers,
        'x-ms-throttle-scope': `Tenant_Application/ReadWrite/${appId}/${tenantId}`,
        'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
      });
    }
  }
}

/** 401 of the gateway, with the challenge that goes with it. */
export function unauthorized(trace: RequestTrace, message: string): GraphReply {
  return graphError(trace, 401, 'InvalidAuthenticationToken', message, {
    'WWW-Authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
  });
}

/** A property that a query option names and the type does not have. */
export function unknownProperty(
  trace: RequestTrace,
  name: string,
  spec: Pick<CollectionSpec, 'entityType'>,
  where: string,
): GraphRefusal {
  return badRequest(
    trace,
    `Parsing OData ${where} failed: Could not find a property named '${name}' on type '${spec.entityType}'.`,
  );
}
