import { Module, type DynamicModule } from '@nestjs/common';
import { DECLARED_RUN_TYPES } from '#libs/run-kit/src/declared-run-types.js';
import { OperationsModule } from '../modules/operations/operations.module.js';
import { loadModule, loadRunTypes, producerFolders } from './producer-files.js';

/**
 * The run producers of internal teams: every folder beside this file holds one `<name>.producer` whose default export is
 * a Nest module. They are found when a process starts, so that a new one needs no edit elsewhere.
 */
@Module({})
export class ProducersModule {
  /** Loads the producers in the order of their names. Throws, and so stops the boot, naming the one that is unsound. */
  static async discover(folder = import.meta.dirname): Promise<DynamicModule> {
    const folders = await producerFolders(folder);
    const producers = await Promise.all(folders.map(({ name, producer }) => loadModule(name, producer)));
    const declared = (await Promise.all(folders.map(loadRunTypes))).flat();
    return {
      module: ProducersModule,
      imports: [OperationsModule, ...producers],
      providers: [{ provide: DECLARED_RUN_TYPES, useValue: declared }],
    };
  }
}
