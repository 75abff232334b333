import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WebhookSender } from '../../../src/modules/notifications/webhook/webhook.sender.js';
import {
  AddressResolver,
  SystemResolver,
  type ResolvedAddress,
} from '../../../src/modules/notifications/webhook/address-resolver.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { testSettings } from '../../support/settings.js';
import { ChannelsApp } from './channels-app.js';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';

// Real here: undici, sockets, and in one place the system's resolver. Replaced: what name servers answer.

const MESSAGE = { id: '1', tenantId: 't', tenantName: 'Contoso', channelName: 'Hook' };

/** A name server that answers from a list, once each; the last answer stands. */
class ScriptedResolver extends AddressResolver {
  readonly asked: string[] = [];

  constructor(private readonly answers: string[][]) {
    super();
  }

  resolve(host: string): Promise<ResolvedAddress[]> {
    this.asked.push(host);
    const addresses = (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? [];
    return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  }
}

function send(url: string, resolver: AddressResolver, settings: Partial<Settings> = {}) {
  const sender = new WebhookSender(testSettings('', settings), resolver);
  return sender.send({ kind: 'webhook', url, secrets: ['whsec_AAAA'] }, MESSAGE, new AbortController().signal);
}

describe('a name that leads inside', () => {
  let trap: WebhookReceiver;
  beforeAll(async () => {
    trap = await startWebhookReceiver();
  });
  afterAll(() => trap.close());

  it.each([
    ['127.0.0.1'],
    ['10.0.0.1'],
    ['172.16.0.1'],
    ['192.168.0.1'],
    ['100.64.0.1'],
    ['169.254.169.254'],
    ['168.63.129.16'],
    ['224.0.0.1'],
    ['0.0.0.0'],
    ['::1'],
    ['::'],
    ['::ffff:127.0.0.1'],
    ['::ffff:7f00:1'],
    ['64:ff9b::7f00:1'],
    ['2002:7f00:1::'],
    ['fc00::1'],
    ['fd00:ec2::254'],
    ['fe80::1'],
    ['ff02::1'],
  ])('to %s is refused before a connection is made', async (address) => {
    const resolver = new ScriptedResolver([[address]]);
    expect(await send(`http://inside.example:${trap.port}/`, resolver)).toEqual({
      delivered: false,
      code: 'webhook.address_refused',
    });
    expect(trap.received).toEqual([]);
  });

  it('beside public addresses is refused too', async () => {
    const resolver = new ScriptedResolver([['8.8.8.8', '127.0.0.1']]);
    const verdict = await send(`http://mixed.example:${trap.port}/`, resolver);
    expect(verdict.code).toBe('webhook.address_refused');
  });

  it('by the machine’s own resolver is refused', async () => {
    const verdict = await send(`http://localhost:${trap.port}/`, new SystemResolver());
    expect(verdict.code).toBe('webhook.address_refused');
    expect(trap.received).toEqual([]);
  });

  it('nowhere fails, whether the resolver answers nothing or rejects', async () => {
    expect((await send('http://nowhere.example/', new ScriptedResolver([[]]))).code).toBe('webhook.dns_failed');
    const rejecting = { resolve: () => Promise.reject(new Error('SERVFAIL')) };
    expect((await send('http://nowhere.example/', rejecting)).code).toBe('webhook.dns_failed');
  });
});

describe('a name that changes its mind', () => {
  it('is asked once for each attempt, and the connection goes to the address that was checked', async () => {
    const allowed = await startWebhookReceiver('127.0.0.2');
    const trap = await startWebhookReceiver('127.0.0.1', allowed.port);
    const resolver = new ScriptedResolver([['127.0.0.2'], ['127.0.0.1']]);
    const settings = { webhookAllowedNetworks: ['127.0.0.2/32'] };
    const url = `http://rebinding.example:${allowed.port}/hook`;

    expect(await send(url, resolver, settings)).toMatchObject({ delivered: true });
    expect(resolver.asked).toEqual(['rebinding.example']);
    expect(allowed.received).toHaveLength(1);
    expect(allowed.received[0]?.headers.host).toBe(`rebinding.example:${allowed.port}`);

    expect(await send(url, resolver, settings)).toMatchObject({ delivered: false, code: 'webhook.address_refused' });
    expect(trap.received).toEqual([]);
    await Promise.all([allowed.close(), trap.close()]);
  });
});

describe('a URL', () => {
  const resolver = new ScriptedResolver([['8.8.8.8']]);

  it.each(['http://hooks.example/', 'https://hooks.example:8080/', 'https://u:p@hooks.example/', 'https://127.0.0.1/'])(
    '%s that production does not take is refused at the attempt too',
    async (url) => {
      const verdict = await send(url, resolver, { environment: 'production' });
      expect(verdict).toEqual({ delivered: false, code: 'webhook.url_refused' });
      expect(resolver.asked).toEqual([]);
    },
  );
});

describe('a redirect', () => {
  let app: ChannelsApp;
  let trap: WebhookReceiver;
  afterEach(() => Promise.all([app?.close(), trap?.close()]));

  it('to the inside is not followed, and a test says so', async () => {
    trap = await startWebhookReceiver('127.0.0.3');
    const receiver = await startWebhookReceiver('127.0.0.2');
    receiver.answer = (response) => response.writeHead(307, { location: `${trap.origin}/latest/meta-data/` }).end();
    app = await ChannelsApp.start({ settings: { webhookAllowedNetworks: ['127.0.0.2/32'] } });
    const { id } = await app.webhook(`${receiver.origin}/`);
    const answer = await app.contoso.Owner.post(app.path(`/${id}/test`)).expect(200);
    expect(answer.body).toMatchObject({ delivered: false, code: 'webhook.redirected', status: 307 });
    expect(trap.received).toEqual([]);
    await receiver.close();
  });
});
