import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { kindOf, safePath, yamlFault } from './file-path.js';
import { FileFault, unreadable, type ImportLimits, type PolicyFiles } from './policy-file.js';
import { zipEntries, type ZipEntry } from './zip-directory.js';

const inflate = promisify(inflateRaw);

/** The bytes are no zip that can be read; nothing of them is used. */
export class NotAZip extends DomainError {
  constructor(why: string) {
    super('inventory.not_a_zip', 'unprocessable', `The archive cannot be read: ${why} Zip the folder again.`);
  }
}

/**
 * The files of a zip. Its directory is read at once; a file is inflated when it is asked for, into no more memory than
 * `limits` allow, whatever the directory claims. Nothing is ever written to disk.
 * @throws NotAZip
 */
export function filesOfZip(bytes: Buffer, limits: ImportLimits): PolicyFiles {
  const result: PolicyFiles = { files: [], unreadable: [], ignored: 0 };
  const taken = new Set<string>();
  let left = limits.totalBytes;
  const spend = (size: number): void => {
    left -= size;
  };
  for (const entry of entriesOf(bytes)) {
    if (entry.name.endsWith('/') || entry.name.endsWith('\\')) continue;
    try {
      const path = safePath(entry.name);
      const kind = kindOf(path);
      if (kind === 'other') {
        result.ignored += 1;
        continue;
      }
      if (taken.has(path)) throw new FileFault('file.duplicate_path', 'The archive holds another file of this path.');
      taken.add(path);
      if (kind === 'yaml') throw yamlFault();
      if (result.files.length >= limits.files) {
        throw new FileFault('file.too_many', `More than ${limits.files} files; import the folder in parts.`);
      }
      refuseUnreadable(entry, limits);
      result.files.push({
        path,
        read: async () => {
          const data = await contentOf(bytes, entry, left < limits.fileBytes ? importFull(left) : fileFull(limits));
          spend(data.length);
          return data;
        },
      });
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      result.unreadable.push(unreadable(shownName(entry.name), error));
    }
  }
  return result;
}

function entriesOf(bytes: Buffer): ZipEntry[] {
  const entries = zipEntries(bytes);
  if (typeof entries === 'string') throw new NotAZip(entries);
  return entries;
}

function refuseUnreadable({ encrypted, method, size }: ZipEntry, limits: ImportLimits): void {
  if (encrypted) throw new FileFault('file.encrypted', 'It is encrypted. Zip the folder without a password.');
  if (method !== 0 && method !== 8) {
    throw new FileFault('file.unknown_compression', 'It is compressed in an unusual way. Zip the folder with deflate.');
  }
  if (size > limits.fileBytes) throw tooLarge();
}

/** How much may be inflated, and what is wrong with a file that is more. */
interface Room {
  bytes: number;
  fault: FileFault;
}

function fileFull({ fileBytes }: ImportLimits): Room {
  return { bytes: fileBytes, fault: tooLarge() };
}

function importFull(left: number): Room {
  const sentence = 'With the files before it, it is more than one import may hold; import the folder in parts.';
  return { bytes: left, fault: new FileFault('file.import_too_large', sentence) };
}

async function contentOf(bytes: Buffer, entry: ZipEntry, room: Room): Promise<Buffer> {
  if (room.bytes <= 0) throw room.fault;
  const packed = entry.data(bytes);
  if (packed === undefined) throw damaged();
  const content = entry.method === 0 ? packed : await inflated(packed, room);
  if (content.length > room.bytes) throw room.fault;
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw damaged();
  return content;
}

async function inflated(packed: Buffer, { bytes, fault }: Room): Promise<Buffer> {
  try {
    return await inflate(packed, { maxOutputLength: bytes });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? fault : damaged();
  }
}

function tooLarge(): FileFault {
  return new FileFault('file.too_large', 'It is larger than any policy can be.');
}

function damaged(): FileFault {
  return new FileFault('file.damaged', 'The archive is damaged at this file. Zip the folder again.');
}

/** A name as a report can show it. */
function shownName(name: string): string {
  return name.replace(/\p{Cc}/gu, '\u{fffd}').slice(0, 500);
}
