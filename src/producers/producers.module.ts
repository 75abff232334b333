import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { OperationsModule } from '../modules/operations/operations.module.js';

const PRODUCER_FILE = /\.producer\.(js|ts)$/;

/**
 * The run producers of internal teams: every folder beside this file holds one `<name>.producer` whose default export is
 * a Nest module. They are found when a process starts, so that a new one needs no edit elsewhere.
 */
@Module({})
export class ProducersModule {
  /** Loads the producers in the order of their names. Throws, and so stops the boot, when one exports no module. */
  static async discover(folder = import.meta.dirname): Promise<DynamicModule> {
    const imports: Type[] = [OperationsModule];
    for (const file of await producerFiles(folder)) {
      const loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
      if (typeof loaded.default !== 'function') {
        throw new Error(`Producer ${path.basename(file)} has no default export; export its Nest module there.`);
      }
      imports.push(loaded.default as Type);
    }
    return { module: ProducersModule, imports };
  }
}

async function producerFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const files: string[] = [];
  for (const name of folders.sort()) {
    const inside = (await readdir(path.join(folder, name))).filter((file) => PRODUCER_FILE.test(file));
    files.push(...inside.sort().map((file) => path.join(folder, name, file)));
  }
  return files;
}
