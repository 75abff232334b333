import type { Request } from 'express';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import { DomainError } from '../../../../platform/errors/domain-error.js';

/** The most bytes of an uploaded archive. */
export const MOST_ARCHIVE_BYTES = 32 * 1024 * 1024;

/** The upload is more than one import may be; told before it is read whole. */
export class ArchiveTooLarge extends DomainError {
  constructor() {
    const most = `${MOST_ARCHIVE_BYTES / 1024 / 1024} MB`;
    super('inventory.archive_too_large', 'unprocessable', `An archive may have ${most}. Import the folder in parts.`);
  }
}

/** The caller went away, or the connection broke, before the whole archive was here. */
export class UploadBroken extends DomainError {
  constructor() {
    super(
      'inventory.upload_broken',
      'invalid',
      'The upload ended before the whole archive had arrived. Send it again.',
    );
  }
}

/**
 * The bytes of a request whose body is a zip.
 * @throws UnsupportedMediaTypeException for another type, ArchiveTooLarge, UploadBroken
 */
export async function archiveOf(request: Request): Promise<Buffer> {
  if (!request.is('application/zip')) throw new UnsupportedMediaTypeException();
  if (Number(request.get('content-length') ?? 0) > MOST_ARCHIVE_BYTES) throw new ArchiveTooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of bytesOf(request)) {
    bytes += chunk.length;
    if (bytes > MOST_ARCHIVE_BYTES) throw new ArchiveTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* bytesOf(request: Request): AsyncGenerator<Buffer> {
  try {
    yield* request as AsyncIterable<Buffer>;
  } catch {
    throw new UploadBroken();
  }
}
