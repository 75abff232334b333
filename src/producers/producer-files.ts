import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Type } from '@nestjs/common';
import { isRunType } from '#libs/run-kit/src/run-type.js';
import type { DeclaredRunType } from '#libs/run-kit/src/declared-run-types.js';

const PRODUCER_FILE = /\.producer\.(?:js|ts)$/;
const HTTP_FILE = /\.http\.module\.(?:js|ts)$/;
const RUN_TYPE_FILE = /\.run-type\.(?:js|ts)$/;

/** One folder of a run producer, its files with their full paths. */
export interface ProducerFolder {
  /** The folder's name. */
  name: string;
  producer: string;
  /** The module of its controllers; only some producers have one. */
  http: string | undefined;
  runTypes: string[];
}

/**
 * Every producer below `folder`, in the order of their names.
 * @throws Error that names the folder in which there is not exactly one producer file, or more than one with controllers
 */
export async function producerFolders(folder: string): Promise<ProducerFolder[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => producerFolder(folder, name)));
}

async function producerFolder(parent: string, name: string): Promise<ProducerFolder> {
  const files = (await readdir(path.join(parent, name), { recursive: true })).sort();
  const having = (pattern: RegExp): string[] =>
    files.filter((file) => pattern.test(file)).map((file) => path.join(parent, name, file));
  const [producer, ...others] = having(PRODUCER_FILE);
  if (producer === undefined || others.length > 0) {
    throw new Error(
      `Producer "${name}": its folder holds ${producer === undefined ? 'no' : 'more than one'} <name>.producer.ts; ` +
        'one is needed, whose default export is its Nest module.',
    );
  }
  const [http, ...more] = having(HTTP_FILE);
  if (more.length > 0) {
    throw new Error(
      `Producer "${name}": its folder holds more than one <name>.http.module.ts; list all controllers in one of them.`,
    );
  }
  return { name, producer, http, runTypes: having(RUN_TYPE_FILE) };
}

/**
 * The Nest module that `file` exports as its default.
 * @throws Error that names the producer and the file when it cannot be loaded or exports no module with providers,
 * controllers or imports
 */
export async function loadModule(producer: string, file: string): Promise<Type> {
  const { default: module } = await load(producer, file);
  const parts = ['providers', 'controllers', 'imports'];
  if (typeof module === 'function' && parts.some((part) => Reflect.hasMetadata(part, module))) return module as Type;
  throw new Error(
    `Producer "${producer}": ${path.basename(file)} has no default export that is a Nest module; ` +
      'export default the class with @Module(...) that lists its processor.',
  );
}

/** The run types that the producer's `*.run-type` files export. */
export async function loadRunTypes({ name, runTypes }: ProducerFolder): Promise<DeclaredRunType[]> {
  const loaded = await Promise.all(
    runTypes.map(async (file) =>
      Object.values(await load(name, file))
        .filter(isRunType)
        .map((type) => ({ type, file: `${name}/${path.basename(file)}` })),
    ),
  );
  return loaded.flat();
}

async function load(producer: string, file: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Producer "${producer}": ${path.basename(file)} could not be loaded: ${why}`, { cause: error });
  }
}
