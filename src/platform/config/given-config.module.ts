import { Module, type DynamicModule } from '@nestjs/common';
import { SETTINGS, type Settings } from './settings.js';

/** Gives every module the settings that the entry point made, where the environment alone does not decide them. */
@Module({})
export class GivenConfigModule {
  static of(settings: Settings): DynamicModule {
    return {
      module: GivenConfigModule,
      global: true,
      providers: [{ provide: SETTINGS, useValue: settings }],
      exports: [SETTINGS],
    };
  }
}
