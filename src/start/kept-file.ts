import { readFile, rename, writeFile } from 'node:fs/promises';
import { StartError } from './start-error.js';

/** Reads a JSON file; undefined when there is none. Throws {@link StartError} when it cannot be read. */
export async function readKept<T>(file: string, isValid: (value: unknown) => value is T): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StartError(`${file} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
  const value = parse(text);
  if (isValid(value)) return value;
  throw new StartError(`${file} is damaged; restore it, or begin with another DATA_DIR.`);
}

/** Writes a JSON file that only its owner may read; a reader sees the old or the new one, never a part. */
export async function writeKept(file: string, value: unknown): Promise<void> {
  const draft = `${file}.${process.pid}.new`;
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
