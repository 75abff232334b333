import { Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { SealedColumns } from './sealed-columns.js';
import { SecretBox } from './secret-box.js';

@Module({
  providers: [
    SealedColumns,
    {
      provide: SecretBox,
      inject: [SETTINGS],
      useFactory: (settings: Settings) =>
        new SecretBox([settings.encryptionKey, ...(settings.formerEncryptionKeys ?? [])]),
    },
  ],
  exports: [SecretBox, SealedColumns],
})
export class CryptoModule {}
