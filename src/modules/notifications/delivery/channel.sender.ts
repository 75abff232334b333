import { Injectable, Logger } from '@nestjs/common';
import { SealBroken } from '../../../platform/crypto/secret-box.js';
import type { OpenTarget, SealedTarget } from '../channels/channel.js';
import { ChannelVault } from '../channels/channel-vault.js';
import { EmailSender } from '../email/email.sender.js';
import { WebhookSender } from '../webhook/webhook.sender.js';
import type { ChannelMessage } from './message.js';
import type { Verdict } from './verdict.js';

/** Makes one attempt to tell a channel, whatever its kind. */
@Injectable()
export class ChannelSender {
  private readonly log = new Logger(ChannelSender.name);

  constructor(
    private readonly vault: ChannelVault,
    private readonly webhooks: WebhookSender,
    private readonly emails: EmailSender,
  ) {}

  /** Never rejects: what goes wrong is a verdict. */
  async send(sealed: SealedTarget, message: ChannelMessage, signal: AbortSignal): Promise<Verdict> {
    try {
      return await this.sendTo(this.vault.open(sealed, new Date()), message, signal);
    } catch (error) {
      if (error instanceof SealBroken) return { delivered: false, code: 'delivery.secret_unreadable' };
      // Not the error's text: it may name the receiver's URL.
      this.log.error(`delivery ${message.id} met ${error instanceof Error ? error.name : typeof error}`);
      return { delivered: false, code: 'internal.error' };
    }
  }

  private sendTo(target: OpenTarget, message: ChannelMessage, signal: AbortSignal): Promise<Verdict> {
    switch (target.kind) {
      case 'webhook':
        return this.webhooks.send(target, message, signal);
      case 'email':
        return this.emails.send(target, message, signal);
    }
  }
}
