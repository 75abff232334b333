import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { serveWeb } from './serve-web.js';

const SCRIPT = 'export const words = "as the build left them";\n';
const PAGE = '<!doctype html><title>TenantAtlas</title>\n';

class Nothing {}
Module({})(Nothing);

interface Got {
  status: number | undefined;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
}

describe('the web UI', () => {
  let folder: string;
  let app: NestExpressApplication;
  let port: number;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'web-'));
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'index.html'), PAGE);
    await writeFile(path.join(folder, 'assets/index-a1.js'), SCRIPT);
    await writeFile(path.join(folder, 'assets/index-a1.js.br'), brotliCompressSync(SCRIPT));
    await writeFile(path.join(folder, 'assets/index-a1.js.gz'), gzipSync(SCRIPT));
    await writeFile(path.join(folder, 'assets/small-b2.js'), SCRIPT);
    app = await NestFactory.create<NestExpressApplication>(Nothing, { logger: false });
    serveWeb(app, folder);
    await app.listen(0, '127.0.0.1');
    port = (app.getHttpServer().address() as { port: number }).port;
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  /** Without what `fetch` would undo by itself. */
  const get = (target: string, headers: Record<string, string> = {}): Promise<Got> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path: target, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
        );
      });
      asked.on('error', reject);
      asked.end();
    });

  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ])('sends a file that the build compressed to who takes %s', async (accepted, encoding, open) => {
    const { status, headers, body } = await get('/assets/index-a1.js', { 'accept-encoding': accepted });
    expect([status, headers['content-encoding']]).toEqual([200, encoding]);
    expect(headers['content-type']).toMatch(/javascript/);
    expect(headers['cache-control']).toMatch(/max-age=31536000, immutable/);
    expect(String(headers.vary)).toMatch(/accept-encoding/i);
    expect(open(body).toString()).toBe(SCRIPT);
  });

  it('sends it as it is to who takes nothing else, and where there is no other', async () => {
    for (const [file, accepted] of [
      ['index-a1.js', 'identity'],
      ['small-b2.js', 'br'],
    ] as const) {
      const { headers, body } = await get(`/assets/${file}`, { 'accept-encoding': accepted });
      expect([headers['content-encoding'], body.toString()]).toEqual([undefined, SCRIPT]);
    }
  });

  it('answers every page with the one document, asked for anew each time, and no file that is not there', async () => {
    const page = await get('/t/some-tenant/operations', { accept: 'text/html' });
    expect([page.status, page.headers['cache-control'], page.body.toString()]).toEqual([200, 'no-cache', PAGE]);
    expect((await get('/assets/gone-c3.js', { accept: 'text/html' })).status).toBe(404);
    expect((await get('/api/v1/nothing', { accept: 'text/html' })).status).toBe(404);
    expect((await get('/assets/../../serve-web.spec.ts')).status).toBe(404);
    expect((await get('/assets/%ff.js')).status).toBe(404);
    const unreadable = await get('/%ff', { accept: 'text/html' });
    expect([unreadable.status, unreadable.body.toString()]).toEqual([200, PAGE]);
  });
});
