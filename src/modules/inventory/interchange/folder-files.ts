import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { kindOf, safePath, yamlFault } from './file-path.js';
import { FileFault, unreadable, type ImportLimits, type PolicyFiles } from './policy-file.js';

/**
 * The files below a folder of this machine, in the order of their paths. Links are not followed. A folder is for whoever
 * operates the machine, never for a caller of the API.
 * @throws the system's error when the folder cannot be read
 */
export async function filesOfFolder(dir: string, limits: ImportLimits): Promise<PolicyFiles> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort((a, b) => (a < b ? -1 : 1));
  const result: PolicyFiles = { files: [], unreadable: [], ignored: 0 };
  for (const path of paths) {
    try {
      const kind = kindOf(safePath(path));
      if (kind === 'yaml') throw yamlFault();
      if (kind === 'other') result.ignored += 1;
      else result.files.push({ path, read: () => contentOf(join(dir, path), limits.fileBytes) });
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      result.unreadable.push(unreadable(path, error));
    }
  }
  return result;
}

async function contentOf(file: string, most: number): Promise<Buffer> {
  try {
    if ((await stat(file)).size <= most) return await readFile(file);
  } catch {
    throw new FileFault('file.unreadable', 'The system does not let it be read.');
  }
  throw new FileFault('file.too_large', 'It is larger than any policy can be.');
}
