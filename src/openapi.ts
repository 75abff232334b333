import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiModule } from './contexts/api.module.js';
import { setApiPrefix } from './platform/http/configure-app.js';
import { openApiDocument } from './platform/http/openapi.js';

/** Writes the OpenAPI document to a file, or with `--check` says whether that file is up to date. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined) throw new Error('Name the file: openapi [--check] FILE');
  const app = await NestFactory.create<NestExpressApplication>(ApiModule, { preview: true, logger: ['error'] });
  setApiPrefix(app);
  const text = `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
  if (values.check !== true) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${file} is not up to date. Run: npm run openapi\n`);
    process.exitCode = 1;
  }
}

await main();
