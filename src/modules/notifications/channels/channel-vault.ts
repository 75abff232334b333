import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SealedColumn } from '../../../platform/crypto/sealed-columns.js';
import { SecretBox } from '../../../platform/crypto/secret-box.js';
import type { OpenTarget, SealedTarget } from './channel.js';

/** Standard Webhooks asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

type Field = 'url' | 'secret';

/** Seals and opens what a channel must not show: the webhook's URL, which often holds a token, and its secrets. */
@Injectable()
export class ChannelVault {
  constructor(private readonly box: SecretBox) {}

  /** A signing secret as receivers' libraries take it. */
  newSecret(): string {
    return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  }

  seal(tenantId: string, channelId: string, field: Field, text: string): Buffer {
    return this.box.seal(text, purposeOf(tenantId, channelId, field));
  }

  /**
   * The channel's target in the clear.
   * @param now a previous secret that has run out by then signs no more
   * @throws SealBroken
   */
  open(target: SealedTarget, now: Date): OpenTarget {
    if (target.kind === 'email') return { kind: 'email', recipients: target.recipients ?? [] };
    const open = (field: Field, sealed: Buffer | null): string[] =>
      sealed === null ? [] : [this.box.open(sealed, purposeOf(target.tenantId, target.channelId, field))];
    const previous =
      target.previousSecretUntil !== null && target.previousSecretUntil > now ? target.sealedPreviousSecret : null;
    return {
      kind: 'webhook',
      url: open('url', target.sealedUrl)[0] ?? '',
      secrets: [...open('secret', target.sealedSecret), ...open('secret', previous)],
    };
  }
}

function purposeOf(tenantId: string, channelId: string, field: Field): string {
  return `notification_channels/${tenantId}/${channelId}/${field}`;
}

/** Where the vault's bytes are kept. */
export const CHANNEL_SECRETS: readonly SealedColumn[] = (
  [
    ['sealed_url', 'url'],
    ['sealed_secret', 'secret'],
    ['sealed_previous_secret', 'secret'],
  ] as const
).map(([column, field]) => ({
  table: 'notification_channels',
  column,
  key: ['tenant_id', 'id'],
  purpose: ([tenantId = '', channelId = '']) => purposeOf(tenantId, channelId, field),
}));
