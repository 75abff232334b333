import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** An answer before it is on the wire. `body` is sent as JSON unless `text` is there. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body?: unknown;
  text?: string;
  /**
   * `reset` breaks the connection instead of answering, `reset-body` in the middle of the body; `truncate` ends the text
   * in the middle, as a whole answer.
   */
  damage?: 'reset' | 'reset-body' | 'truncate';
}

/** Below this many bytes a compressed answer is not smaller. */
const GZIP_FROM = 1024;

/** Writes the answer, compressed where the caller accepts gzip, as Graph does. */
export function sendReply(response: ServerResponse, reply: Reply, acceptEncoding: string): void {
  if (reply.damage === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const whole = reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  const text = reply.damage === 'truncate' ? whole.slice(0, Math.floor(whole.length / 2)) : whole;
  const plain = Buffer.from(text, 'utf8');
  const compress = plain.length >= GZIP_FROM && /\bgzip\b/.test(acceptEncoding);
  const bytes = compress ? gzipSync(plain) : plain;
  const encoding = compress ? { 'Content-Encoding': 'gzip' } : {};
  // Without a length the answer goes out in chunks, as Graph's do.
  response.writeHead(reply.status, { ...reply.headers, ...encoding });
  if (reply.damage === 'reset-body') {
    response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.socket?.resetAndDestroy());
    return;
  }
  response.end(bytes);
}
