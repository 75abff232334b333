import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SETTINGS, type Settings } from '../config/settings.js';
import { createDataSource } from './data-source.js';
import { Database, TenantDatabase } from './database.js';
import { requireFitDatabase } from './fitness/fit-database.js';

/**
 * One connected data source per process. It is a provider of our own and not TypeOrmModule: there are no entities or
 * repositories to register, and the connection must outlive every other shutdown hook.
 */
@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      inject: [SETTINGS],
      useFactory: async ({ databaseUrl }: Settings): Promise<DataSource> => {
        await requireFitDatabase(databaseUrl);
        return createDataSource(databaseUrl).initialize();
      },
    },
    Database,
    TenantDatabase,
  ],
  exports: [DataSource, Database, TenantDatabase],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
