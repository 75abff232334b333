import { Global, Module } from '@nestjs/common';
import { environmentSettings } from './environment.js';
import { SETTINGS } from './settings.js';

/** Gives every module the settings of this process, parsed once. Tests override `SETTINGS`. */
@Global()
@Module({
  providers: [{ provide: SETTINGS, useFactory: environmentSettings }],
  exports: [SETTINGS],
})
export class ConfigModule {}
