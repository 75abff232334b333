import { Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { SecretBox } from './secret-box.js';

@Module({
  providers: [
    {
      provide: SecretBox,
      inject: [SETTINGS],
      useFactory: (settings: Settings) => new SecretBox([settings.encryptionKey]),
    },
  ],
  exports: [SecretBox],
})
export class CryptoModule {}
