import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { EmailNotConfigured, InvalidChannel } from '../notifications.errors.js';
import { WebhookUrlRules } from '../webhook/webhook-url.js';
import type { ChannelKind } from './channel.js';

/** What a person gives of a channel's target. */
export interface GivenTarget {
  url?: string | undefined;
  recipients?: readonly string[] | undefined;
}

/** What a channel may be in this installation. */
@Injectable()
export class ChannelRules {
  /** Whether an e-mail channel can be enabled. */
  readonly emailAvailable: boolean;
  private readonly urls: WebhookUrlRules;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.emailAvailable = settings.mail !== undefined;
    this.urls = new WebhookUrlRules(settings);
  }

  /** @throws InvalidChannel for a part that the kind does not have, or a URL that may not be used */
  checkTarget(kind: ChannelKind, { url, recipients }: GivenTarget): void {
    if (kind === 'email' && url !== undefined) throw new InvalidChannel('url', 'is not for an e-mail channel');
    if (kind === 'webhook' && recipients !== undefined) {
      throw new InvalidChannel('recipients', 'is not for a webhook');
    }
    const fault = url === undefined ? undefined : this.urls.faultOf(url);
    if (fault !== undefined) throw new InvalidChannel('url', fault);
  }

  /** @throws InvalidChannel when the kind's own part is missing */
  checkComplete(kind: ChannelKind, { url, recipients }: GivenTarget): void {
    if (kind === 'webhook' && url === undefined) throw new InvalidChannel('url', 'is needed by a webhook');
    if (kind === 'email' && recipients === undefined) {
      throw new InvalidChannel('recipients', 'is needed by an e-mail channel');
    }
  }

  /** @throws EmailNotConfigured */
  checkEnabled(kind: ChannelKind, enabled: boolean): void {
    if (kind === 'email' && enabled && !this.emailAvailable) throw new EmailNotConfigured();
  }
}
