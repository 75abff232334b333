import { Module, type DynamicModule } from '@nestjs/common';
import { loadModule, producerFolders } from './producer-files.js';
import { ProducersModule } from './producers.module.js';

/** The run producers with their controllers, where a folder has a `<name>.http.module`; for the API process alone. */
@Module({})
export class ProducersHttpModule {
  static async discover(folder = import.meta.dirname): Promise<DynamicModule> {
    const withHttp = (await producerFolders(folder)).flatMap(({ name, http }) => (http ? [{ name, http }] : []));
    const controllers = await Promise.all(withHttp.map(({ name, http }) => loadModule(name, http)));
    return { module: ProducersHttpModule, imports: [await ProducersModule.discover(folder), ...controllers] };
  }
}
