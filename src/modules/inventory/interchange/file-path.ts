import { FileFault } from './policy-file.js';

/** What a file is to an import, by its name alone. `other`: scripts, pictures, what an operating system leaves behind. */
export type FileKind = 'json' | 'yaml' | 'other';

/** Files of a tool's own that hold no policy: IntuneManagement's list of groups, and the assignments kept a second time. */
const OWN_FILES = /^migrationtable\.json$|_assignments\.json$/i;
const LEFT_BEHIND = /(^|\/)(__MACOSX\/|\.)/;

/**
 * The path with `/` between its parts; Windows PowerShell's `Compress-Archive` writes `\`.
 * @throws FileFault for a path that leads out of the import or that no file can have
 */
export function safePath(path: string): string {
  const plain = path.replaceAll('\\', '/');
  const parts = plain.split('/');
  const unsafe = plain.startsWith('/') || /^[a-z]:/i.test(plain) || /\p{Cc}/u.test(plain) || parts.includes('..');
  if (unsafe) throw new FileFault('file.unsafe_path', 'Its path leads out of the archive or holds control characters.');
  return parts.filter((part) => part !== '' && part !== '.').join('/');
}

export function kindOf(path: string): FileKind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (LEFT_BEHIND.test(path) || OWN_FILES.test(name)) return 'other';
  if (/\.json$/i.test(name)) return 'json';
  return /\.ya?ml$/i.test(name) ? 'yaml' : 'other';
}

/** IntuneCD writes YAML unless told otherwise. */
export function yamlFault(): FileFault {
  return new FileFault('file.yaml', 'It is YAML. Make the backup as JSON: IntuneCD-startbackup --output json.');
}
