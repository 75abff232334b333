import type { GraphReply, RequestTrace } from './graph-errors.js';
import type { MetadataLevel } from './metadata-level.js';

const DIAGNOSTIC = JSON.stringify({
  ServerInfo: { DataCenter: 'Norway East', Slice: 'E', Ring: '2', ScaleUnit: '002', RoleInstance: 'OSL2EPF000047C2' },
});

export const JSON_TYPE = jsonType('minimal');

export function jsonType(level: MetadataLevel): string {
  return `application/json;odata.metadata=${level};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`;
}

/** The headers of every answer of Graph, with those of this one. */
export function headersOf({ headers }: GraphReply, trace: RequestTrace): Record<string, string> {
  return {
    'Cache-Control': 'no-cache',
    'Content-Type': JSON_TYPE,
    Vary: 'Accept-Encoding',
    'Strict-Transport-Security': 'max-age=31536000',
    'request-id': trace.requestId,
    'client-request-id': trace.clientRequestId,
    'x-ms-ags-diagnostic': DIAGNOSTIC,
    'OData-Version': '4.0',
    ...headers,
  };
}

/** An answer without a body says nothing of its type. */
export function withoutType({ 'Content-Type': _type, ...headers }: Record<string, string>): Record<string, string> {
  return headers;
}
