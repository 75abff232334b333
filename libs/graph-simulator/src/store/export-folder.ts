import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isNativeError } from 'node:util/types';
import { NotAnObject, stripAnnotations, typeOfExport } from './exported-object.js';
import { decodeText } from './decode-text.js';
import { isBody, textOf, type GraphBody } from './graph-body.js';
import type { SeedGroup, SeedObject } from './seed-tenant.js';
import { stableGuid } from './stable-id.js';

/** Far above any real policy (the largest seen is 151 KB, a mobileconfig may have 1 MB), so that a stray dump is not read into memory. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;
const SYSTEM_REASONS: Record<string, string> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
};
export const TENANT_FILE = 'tenant.json';

export interface UnreadableFile {
  /** Path within the folder that was read, with `/`. */
  file: string;
  reason: string;
}

export interface ExportFolder {
  objects: SeedObject[];
  groups: SeedGroup[];
  unreadable: UnreadableFile[];
}

/** A folder that cannot be read at all; the message is a sentence for the person who named it. */
export class FolderUnreadable extends Error {}

/**
 * Every exported object below a folder, in file-name order (UTF-16 code units of the path, `/` between its parts).
 * A file that is no readable object is reported and left out. A second object with an id already taken gets one made
 * from that id and its file name, so that it is the same in every run. Throws FolderUnreadable.
 */
export async function readExportFolder(dir: string): Promise<ExportFolder> {
  const files = await listJsonFiles(dir);
  const result: ExportFolder = { objects: [], groups: [], unreadable: [] };
  const taken = new Set<string>();
  for (const file of files) {
    try {
      const body = await readObject(path.join(dir, file));
      const type = typeOfExport(body, file.split('/').slice(0, -1));
      if (type === 'group') result.groups.push(asGroup(body, file));
      else
        result.objects.push({
          collection: type.key,
          body: asObject(body, `#${type.entityType}`, type.polymorphic, file, taken),
        });
    } catch (error) {
      result.unreadable.push({ file, reason: reasonOf(error) });
    }
  }
  return result;
}

/** One exported object from a file: text in any of the export encodings, holding one JSON object. */
export async function readObject(file: string): Promise<GraphBody> {
  const { size } = await stat(file);
  if (size > MAX_FILE_BYTES) throw new NotAnObject(`it has ${size} bytes, more than an exported object can have`);
  const parsed: unknown = JSON.parse(decodeText(await readFile(file)));
  if (!isBody(parsed)) throw new NotAnObject('it holds no single JSON object');
  return parsed;
}

/** What to tell a person about a file that could not be used. */
export function reasonOf(error: unknown): string {
  if (error instanceof NotAnObject) return error.message;
  if (!isNativeError(error)) return String(error);
  if (error.name === 'SyntaxError') return `it is no JSON: ${error.message}`;
  // TextDecoder's own error for bytes that are no text.
  if (error.name === 'TypeError') return 'its bytes are no text in UTF-8 or UTF-16';
  return ('code' in error && SYSTEM_REASONS[String(error.code)]) || error.message;
}

async function listJsonFiles(dir: string): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(dir, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw new FolderUnreadable(`The folder ${dir} cannot be read: ${reasonOf(error)}.`);
  }
  return entries
    .filter((entry) => entry.isFile() && /\.json$/i.test(entry.name) && entry.name.toLowerCase() !== TENANT_FILE)
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort((a, b) => (a < b ? -1 : 1));
}

function asObject(
  exported: GraphBody,
  declaredType: string,
  polymorphic: boolean,
  file: string,
  taken: Set<string>,
): GraphBody & { id: string } {
  const body = stripAnnotations(exported);
  const wanted = textOf(body, 'id') ?? '';
  const id = freeId(wanted, path.posix.basename(file), taken);
  taken.add(id.toLowerCase());
  // Children carry their policy's id inside their own ids.
  const moved =
    wanted === '' || wanted === id ? body : (JSON.parse(JSON.stringify(body).replaceAll(wanted, id)) as GraphBody);
  const typed =
    polymorphic && textOf(moved, '@odata.type') === undefined ? { '@odata.type': declaredType, ...moved } : moved;
  return { ...typed, id };
}

function freeId(wanted: string, fileName: string, taken: Set<string>): string {
  if (wanted !== '' && !taken.has(wanted.toLowerCase())) return wanted;
  const prefix = /^[A-Z]_/.exec(wanted)?.[0] ?? '';
  for (let attempt = 0; ; attempt += 1) {
    const id = prefix + stableGuid([wanted, fileName, ...(attempt === 0 ? [] : [attempt])].join('\n'));
    if (!taken.has(id.toLowerCase())) return id;
  }
}

function asGroup(exported: GraphBody, file: string): SeedGroup {
  const body = stripAnnotations(exported);
  const id = textOf(body, 'id');
  const displayName = textOf(body, 'displayName');
  if (id === undefined || displayName === undefined) throw new NotAnObject('it is a group without id or displayName');
  return { ...body, id, displayName: displayName || path.posix.basename(file, '.json') };
}
