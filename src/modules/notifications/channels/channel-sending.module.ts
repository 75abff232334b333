import { Module } from '@nestjs/common';
import { CryptoModule } from '../../../platform/crypto/crypto.module.js';
import { SealedColumns } from '../../../platform/crypto/sealed-columns.js';
import { ChannelSender } from '../delivery/channel.sender.js';
import { EmailSender } from '../email/email.sender.js';
import { AddressResolver, SystemResolver } from '../webhook/address-resolver.js';
import { WebhookSender } from '../webhook/webhook.sender.js';
import { CHANNEL_SECRETS, ChannelVault } from './channel-vault.js';

/** How a channel is told: by the worker process for runs, by the API process for tests. */
@Module({
  imports: [CryptoModule],
  providers: [
    ChannelSender,
    ChannelVault,
    EmailSender,
    WebhookSender,
    { provide: AddressResolver, useClass: SystemResolver },
  ],
  exports: [ChannelSender, ChannelVault],
})
export class ChannelSendingModule {
  constructor(columns: SealedColumns) {
    columns.add(...CHANNEL_SECRETS);
  }
}
