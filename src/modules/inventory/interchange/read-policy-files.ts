import { decodeText } from './decode-text.js';
import { objectsOfText, settingsOfText } from './exported-objects.js';
import { importedPolicy, type ImportedPolicy } from './imported-policy.js';
import {
  FileFault,
  MOST_CONTENT,
  MOST_POLICIES,
  unreadable,
  type PolicyFile,
  type PolicyFiles,
  type UnreadableFile,
} from './policy-file.js';
import { recogniseType } from './recognise-type.js';

export interface ReadImport {
  policies: ImportedPolicy[];
  /** By path. */
  unreadable: UnreadableFile[];
  /** Files that hold no JSON or no policy by their name. */
  ignored: number;
}

interface Progress extends ReadImport {
  /** Objects met so far, whether they could be read or not. */
  objects: number;
  /** Characters of content that may still be kept. */
  room: number;
}

/** What IntuneManagement appends to the name of the file with an object's settings. */
const COMPANION = /_settings\.json$/i;

/**
 * Reads files one after the other, so that one at a time is in memory. A file that cannot be read is reported and the
 * rest goes on; of a file with several objects, each is taken or reported by itself.
 * @param room characters of JSON that what is kept of all policies may have
 */
export async function readPolicyFiles(given: PolicyFiles, room = MOST_CONTENT): Promise<ReadImport> {
  const result: Progress = {
    policies: [],
    unreadable: [...given.unreadable],
    ignored: given.ignored,
    objects: 0,
    room,
  };
  const paths = new Set(given.files.map(({ path }) => path.toLowerCase()));
  const companions = new Map<string, PolicyFile>();
  const files: PolicyFile[] = [];
  for (const file of given.files) {
    const owner = file.path.toLowerCase().replace(COMPANION, '.json');
    if (COMPANION.test(file.path) && paths.has(owner)) companions.set(owner, file);
    else files.push(file);
  }
  for (const file of files) await readFile(file, companions.get(file.path.toLowerCase()), result);
  result.unreadable.sort((a, b) => (a.file < b.file ? -1 : 1));
  const { policies, unreadable: left, ignored } = result;
  return { policies, unreadable: left, ignored };
}

async function readFile(file: PolicyFile, companion: PolicyFile | undefined, result: Progress): Promise<void> {
  const report = (path: string, fault: FileFault): void => {
    result.unreadable.push(unreadable(path, fault));
  };
  const objects = await attempt(async () => objectsOfText(await textOf(file)), file.path, report);
  if (!objects) return;
  if (result.objects + objects.length > MOST_POLICIES) {
    const sentence = `With it there are more than ${MOST_POLICIES} policies; import the folder in parts.`;
    return report(file.path, new FileFault('file.too_many', sentence));
  }
  result.objects += objects.length;
  const settings =
    companion && (await attempt(async () => settingsOfText(await textOf(companion)), companion.path, report));
  const folders = file.path.split('/').slice(0, -1);
  for (const [index, { object, context }] of objects.entries()) {
    const path = objects.length === 1 ? file.path : `${file.path}#${index + 1}`;
    await attempt(
      () => {
        const policy = importedPolicy(path, recogniseType({ object, context, folders }), object, settings);
        keep(policy, result);
      },
      path,
      report,
    );
  }
}

function keep(policy: ImportedPolicy, result: Progress): void {
  const size = JSON.stringify(policy.policy.content).length;
  if (size > result.room) {
    throw new FileFault('file.import_too_large', 'It is more than one import may hold; import the folder in parts.');
  }
  result.room -= size;
  result.policies.push(policy);
}

async function attempt<T>(
  work: () => T | Promise<T>,
  path: string,
  report: (path: string, fault: FileFault) => void,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    report(path, error);
    return undefined;
  }
}

async function textOf(file: PolicyFile): Promise<string> {
  return decodeText(await file.read());
}
