import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelsApp, type Member } from './channels-app.js';
import { startSmtpReceiver, type ReceivedMail, type SmtpReceiver } from './smtp-receiver.js';

// Real here: PostgreSQL, nodemailer, SMTP over TCP. Replaced: the engine, whose facts the test tells.

describe('an e-mail channel', () => {
  let app: ChannelsApp;
  let owner: Member;
  let smtp: SmtpReceiver;

  beforeAll(async () => {
    smtp = await startSmtpReceiver();
    app = await ChannelsApp.start({
      settings: { mail: { smtpUrl: smtp.url, from: 'TenantAtlas <atlas@example.test>' } },
    });
    owner = app.contoso.Owner;
  });
  afterAll(async () => {
    await app?.close();
    await smtp?.close();
  });
  beforeEach(() => {
    smtp.refuse = () => undefined;
    smtp.received.length = 0;
  });
  afterEach(() => app.db.database.query('DELETE FROM notification_channels'));

  async function channel(recipients: string[], given: object = {}): Promise<string> {
    const body = { kind: 'email', name: 'Mail', recipients, outcomes: ['all'], ...given };
    const made = await owner.post(app.path(), body).expect(201);
    expect(made.body.secret).toBeNull();
    return made.body.id as string;
  }
  const end = (given: object = {}) => app.end({ tenantId: owner.tenantId, member: owner, ...given });

  it('sends the notes’ words with "View run", to every recipient', async () => {
    const id = await channel(['one@example.test', 'two@example.test']);
    const failures = [{ code: 'graph.forbidden', message: 'Microsoft Graph refused access.', count: 1 }];
    const [runId = ''] = await end({ outcome: 'failed', subjectName: 'Kiosk <b>&</b>', failures });
    await app.deliver();
    const [mail] = smtp.received;
    expect(mail).toMatchObject({ from: 'atlas@example.test', to: ['one@example.test', 'two@example.test'] });
    expect(headerOf(mail, 'subject')).toBe('Probe “Kiosk <b>&</b>” failed · Contoso');
    const [{ id: deliveryId } = {}] = await app.deliveries(id);
    expect(headerOf(mail, 'message-id')).toBe(`<${String(deliveryId)}@atlas.example>`);
    expect(headerOf(mail, 'auto-submitted')).toBe('auto-generated');
    const text = decoded(mail);
    const link = `https://atlas.example/t/${owner.tenantId}/operations/${runId}`;
    expect(text).toContain(`View run: ${link}`);
    expect(text).toContain(`<a href="${link}">View run</a>`);
    expect(text).toContain('2 of 3 succeeded, 1 failed. Microsoft Graph refused access.');
    expect(text).toContain('<strong>Probe “Kiosk &lt;b&gt;&amp;&lt;/b&gt;” failed</strong>');
    expect((await app.deliveries(id))[0]).toMatchObject({ state: 'delivered', last_code: 'delivered' });
  });

  it('lets no name become a header, a recipient or a line', async () => {
    await channel(['one@example.test'], { name: 'x\u2028Bcc: evil@example.test' });
    const subjectName = 'a\r\nBcc: evil@example.test\r\n\r\nbody\u2028.\r\nQUIT\r\n';
    await end({ subjectName });
    await app.deliver();
    const [mail] = smtp.received;
    expect(mail?.to).toEqual(['one@example.test']);
    expect(headerOf(mail, 'bcc')).toBeUndefined();
    expect(headerOf(mail, 'subject')).toBe('Probe “a Bcc: evil@example.test body . QUIT ” succeeded · Contoso');
  });

  it.each([
    [['x@example.test, evil@example.test']],
    [['x@example.test\r\nRCPT TO:<evil@example.test>']],
    [['"x" <x@example.test>']],
    [['"x\r\nBcc: evil@example.test"@example.test']],
    [['"x> RCPT TO:<evil@example.test"@example.test']],
    [['x']],
    [[]],
    [['x@example.test', 'x@example.test']],
    [Array.from({ length: 21 }, (_, at) => `x${at}@example.test`)],
  ])('refuses the recipients %j', async (recipients) => {
    const body = { kind: 'email', name: 'Mail', recipients, outcomes: ['all'] };
    const refused = await owner.post(app.path(), body).expect(422);
    expect(refused.body.errors[0].field).toBe('recipients');
  });

  it('comes again when the server is busy, under the same message id', async () => {
    const id = await channel(['one@example.test']);
    await end();
    smtp.refuse = (command) => (command === 'DATA-END' ? '451 busy with one@example.test' : undefined);
    await app.deliver();
    expect((await app.deliveries(id))[0]).toMatchObject({
      state: 'failed',
      last_code: 'email.rejected',
      last_status: 451,
    });
    smtp.refuse = () => undefined;
    await app.passTime();
    await app.deliver();
    const [delivery] = await app.deliveries(id);
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 2 });
    expect(headerOf(smtp.received[0], 'message-id')).toContain(String(delivery?.id));
  });

  it('is given up when the server refuses every recipient for good, and says when it refused some', async () => {
    const id = await channel(['one@example.test', 'two@example.test']);
    await end();
    smtp.refuse = (command) => (command.startsWith('RCPT') ? '550 no such user' : undefined);
    await app.deliver();
    expect((await app.deliveries(id))[0]).toMatchObject({ state: 'dead', last_code: 'email.recipients_refused' });
    await end();
    smtp.refuse = (command) => (command.startsWith('RCPT TO:<two@') ? '550 no such user' : undefined);
    await app.deliver();
    expect((await app.deliveries(id))[1]).toMatchObject({
      state: 'delivered',
      last_code: 'email.some_recipients_refused',
    });
    expect(smtp.received[0]?.to).toEqual(['one@example.test']);
  });

  it('is tried by a test', async () => {
    const id = await channel(['one@example.test']);
    const verdict = await owner.post(app.path(`/${id}/test`)).expect(200);
    expect(verdict.body).toEqual({ delivered: true, code: 'delivered', message: expect.any(String), status: null });
    expect(headerOf(smtp.received[0], 'subject')).toBe('Test of the channel “Mail” · Contoso');
    expect(await app.deliveries(id)).toEqual([]);
  });

  it('has no secret to rotate and no URL', async () => {
    const id = await channel(['one@example.test']);
    const rotated = await owner.post(app.path(`/${id}/rotate-secret`)).expect(409);
    expect(rotated.body.code).toBe('notification_channel.no_secret');
    const changed = await owner.patch(app.path(`/${id}`), { url: 'https://hooks.example/' }).expect(422);
    expect(changed.body.errors).toEqual([{ field: 'url', message: 'is not for an e-mail channel' }]);
  });
});

describe('an installation that sends no mail', () => {
  let app: ChannelsApp;
  beforeAll(async () => {
    app = await ChannelsApp.start();
  });
  afterAll(() => app?.close());

  it('says so, and takes an e-mail channel only disabled', async () => {
    const { Owner: owner } = app.contoso;
    expect((await owner.get(app.path()).expect(200)).body).toMatchObject({ items: [], emailAvailable: false });
    const body = { kind: 'email', name: 'Mail', recipients: ['one@example.test'], outcomes: ['all'] };
    const refused = await owner.post(app.path(), body).expect(409);
    expect(refused.body.code).toBe('notification_channel.email_not_configured');
    const { id } = (await owner.post(app.path(), { ...body, enabled: false }).expect(201)).body as { id: string };
    expect((await owner.patch(app.path(`/${id}`), { enabled: true }).expect(409)).body.code).toBe(
      'notification_channel.email_not_configured',
    );
    await owner.patch(app.path(`/${id}`), { name: 'Later' }).expect(200);
    const verdict = await owner.post(app.path(`/${id}/test`)).expect(200);
    expect(verdict.body).toMatchObject({ delivered: false, code: 'email.not_configured' });
  });
});

/** A header's value, unfolded and with its encoded words decoded. */
function headerOf(mail: ReceivedMail | undefined, name: string): string | undefined {
  const head = (mail?.raw ?? '').split('\r\n\r\n')[0]?.replace(/\r\n[ \t]+/g, ' ') ?? '';
  const line = head.split('\r\n').find((each) => each.toLowerCase().startsWith(`${name}: `));
  return line
    ?.slice(name.length + 2)
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?utf-8\?q\?(.*?)\?=/gi, (_, text: string) => quotedPrintable(text.replaceAll('_', ' ')))
    .replace(/=\?utf-8\?b\?(.*?)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString('utf8'));
}

/** Every part of the body, decoded. */
function decoded(mail: ReceivedMail | undefined): string {
  return (mail?.raw ?? '')
    .split(/^--.*$/m)
    .map((part) => (/base64/i.test(part) ? base64Of(part) : quotedPrintable(part.replace(/=\r\n/g, ''))))
    .join('\n');
}

function base64Of(part: string): string {
  return Buffer.from(part.slice(part.indexOf('\r\n\r\n')), 'base64').toString('utf8');
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  // What was never encoded may hold characters beyond one byte; only pure bytes are UTF-8 to decode.
  return /^[\0-\xff]*$/.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}
