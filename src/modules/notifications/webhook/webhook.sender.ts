import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { request } from 'undici';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import type { WebhookTarget } from '../channels/channel.js';
import { retryAfterMs } from '../delivery/backoff.js';
import { cutShort } from '../delivery/cut-short.js';
import type { ChannelMessage } from '../delivery/message.js';
import type { Verdict } from '../delivery/verdict.js';
import { AddressResolver, type ResolvedAddress } from './address-resolver.js';
import { pinnedAgent } from './pinned-agent.js';
import { webhookBody } from './webhook-body.js';
import { verdictOfError, verdictOfStatus } from './webhook-failure.js';
import { signedHeaders } from './webhook-signature.js';
import { hostOf, WebhookUrlRules } from './webhook-url.js';

/** From the look at the name to the answer. */
const DEADLINE_MS = 10_000;
/** Read of an answer's body, so that a polite receiver is not cut off; what it says is dropped. */
const MOST_BODY_BYTES = 1_024;

/**
 * Sends one signed request. The name is resolved once, every address must be allowed, and the connection is made to
 * those addresses alone; a redirect is not followed.
 */
@Injectable()
export class WebhookSender {
  private readonly rules: WebhookUrlRules;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly resolver: AddressResolver,
  ) {
    this.rules = new WebhookUrlRules(settings);
  }

  /** @param signal ends the attempt early; the verdict is `delivery.interrupted` then */
  async send(target: WebhookTarget, message: ChannelMessage, signal: AbortSignal): Promise<Verdict> {
    if (this.rules.faultOf(target.url) !== undefined) return { delivered: false, code: 'webhook.url_refused' };
    return cutShort(DEADLINE_MS, signal, 'webhook.timeout', async (stop) => {
      const url = new URL(target.url);
      const [first, ...more] = await this.addressesOf(hostOf(url));
      if (first === undefined) return { delivered: false, code: 'webhook.dns_failed' };
      const addresses: [ResolvedAddress, ...ResolvedAddress[]] = [first, ...more];
      // One closed address among open ones is no mishap: whoever answers that way hopes that it is tried.
      if (!addresses.every(({ address }) => this.rules.guard.allows(address))) {
        return { delivered: false, code: 'webhook.address_refused' };
      }
      return this.post(url, addresses, target.secrets, message, stop);
    });
  }

  private async addressesOf(host: string): Promise<ResolvedAddress[]> {
    const family = isIP(host);
    if (family !== 0) return [{ address: host, family: family === 6 ? 6 : 4 }];
    return this.resolver.resolve(host).catch(() => []);
  }

  private async post(
    url: URL,
    addresses: [ResolvedAddress, ...ResolvedAddress[]],
    secrets: readonly string[],
    message: ChannelMessage,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const at = new Date();
    const body = webhookBody(message, this.settings.publicUrl, at);
    const agent = pinnedAgent(addresses, DEADLINE_MS);
    try {
      const answer = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'TenantAtlas-Webhooks/1',
          ...signedHeaders(message.id, body, secrets, at),
        },
        body,
        signal,
      });
      // The status is the verdict, whatever becomes of the body.
      await answer.body.dump({ limit: MOST_BODY_BYTES, signal }).catch(() => undefined);
      const asked = answer.headers['retry-after'];
      return verdictOfStatus(answer.statusCode, retryAfterMs(Array.isArray(asked) ? asked[0] : asked, at.getTime()));
    } catch (error) {
      return verdictOfError(error);
    } finally {
      await agent.destroy();
    }
  }
}
