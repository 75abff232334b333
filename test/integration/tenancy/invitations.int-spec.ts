import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSmtpReceiver, type SmtpReceiver } from '../notifications/smtp-receiver.js';
import { MembersApp, tokenOf } from './members-app.js';
import { cookieOf, emailOf, PASSWORD as OWN_PASSWORD, startTenancyApp } from './tenancy-app.js';

const PASSWORD = 'a long enough passphrase';

describe('invitations over HTTP', () => {
  let app: MembersApp;
  beforeAll(async () => {
    app = await MembersApp.start();
  });
  afterAll(() => app?.close());

  const refused = async (token: string, given: { name?: string; password: string }): Promise<unknown[]> => {
    const { status, body } = await app.accept(token, given);
    return [status, (body as { code: string }).code];
  };
  const age = (email: string, sql: string): Promise<object[]> =>
    app.tenancy.db.database.query(`UPDATE invitations SET ${sql} WHERE email = $1`, [email]);

  it('make an account with a password and the role, once', async () => {
    const added = await app.add('new@contoso.example', 'Manager');
    expect(added).toMatchObject({ member: null, invitation: { email: 'new@contoso.example' }, mail: 'not_configured' });
    expect(added.link).toMatch(/^http:\/\/atlas\.example\/invitation#tai_[\w-]{43}$/);
    const token = tokenOf(added.link);
    const opened = await app.tenancy.http().post('/api/v1/invitations/open').send({ token }).expect(200);
    expect(opened.body).toMatchObject({
      tenantName: 'Contoso',
      email: 'new@contoso.example',
      role: 'Manager',
      invitedByName: 'Owner of Contoso',
    });
    const answer = await app.accept(token, { name: '  New Person ', password: PASSWORD }).expect(200);
    expect(answer.body).toMatchObject({ tenantId: app.tenancy.contoso, user: { name: 'New Person' } });
    const me = await app.call('get', '/api/v1/me', cookieOf(answer)).expect(200);
    expect(me.body.memberships).toEqual([expect.objectContaining({ tenantName: 'Contoso', role: 'Manager' })]);
    await app.tenancy
      .http()
      .post('/api/v1/auth/login')
      .send({ email: 'NEW@contoso.example', password: PASSWORD })
      .expect(200);

    expect(await refused(token, { name: 'Again', password: PASSWORD })).toEqual([403, 'invitation.invalid']);
    expect((await app.trail()).find(({ action }) => action === 'invitation.accept')).toMatchObject({
      subject_name: 'new@contoso.example',
      details: { after: { role: 'Manager' } },
    });
  });

  it('keep no token that the database, the trail or a list could give away', async () => {
    const token = await app.invite('kept@contoso.example');
    const listed = await app.call('get', `${app.path}/invitations`).expect(200);
    expect(listed.body.items[0]).toMatchObject({ email: 'kept@contoso.example', role: 'Operator', expired: false });
    const [rows] = await app.tenancy.db.database.query<{ text: string }>(
      `SELECT (SELECT string_agg(i::text, '') FROM invitations i) || (SELECT string_agg(a::text, '')
         FROM audit_entries a) AS text`,
    );
    expect(rows?.text).toContain('kept@contoso.example');
    expect(JSON.stringify(listed.body) + rows?.text).not.toContain(token.slice(4));
  });

  it('are worth nothing once expired, taken back, sent anew, or when their sender is no owner any more', async () => {
    const expired = await app.invite('expired@contoso.example');
    await age('expired@contoso.example', `expires_at = now() - interval '1 second'`);
    const { invitation, link } = await app.add('revoked@contoso.example');
    await app.call('delete', `${app.path}/invitations/${invitation?.id}`, app.stranger).expect(403);
    await app.call('delete', `${app.path}/invitations/${invitation?.id}`).expect(204);
    await app.call('delete', `${app.path}/invitations/${invitation?.id}`).expect(403);
    const replaced = await app.invite('again@contoso.example', 'Owner');
    const newer = await app.invite('AGAIN@contoso.example', 'Readonly');
    const other = await app.join('leaving-owner@contoso.example', 'Owner', PASSWORD);
    const leaving = await app
      .call('post', `${app.path}/members`, other.cookie)
      .send({ email: 'backdoor@contoso.example', role: 'Owner' })
      .expect(201);
    // Had the row stayed, for a moment's race, the token would be refused as well.
    await app.tenancy.db.database.query(`UPDATE memberships SET role = 'Operator' WHERE user_id = $1`, [other.userId]);

    const dead = [expired, tokenOf(link), replaced, tokenOf(leaving.body.link), `tai_${'A'.repeat(43)}`];
    for (const token of dead) {
      expect(await refused(token, { name: 'Nobody', password: PASSWORD })).toEqual([403, 'invitation.invalid']);
      await app.tenancy.http().post('/api/v1/invitations/open').send({ token }).expect(403);
      await app.call('post', '/api/v1/me/invitations/accept').send({ token }).expect(403);
    }
    await app.accept(newer, { name: 'Again', password: PASSWORD }).expect(200);
    const { body } = await app.call('get', `${app.path}/invitations`).expect(200);
    const open = (body.items as { email: string; expired: boolean }[]).map(({ email, expired: ran }) => [email, ran]);
    expect(open).toContainEqual(['expired@contoso.example', true]);
    expect(open.map(([email]) => email)).not.toContain('again@contoso.example');
  });

  it('take an owner’s open invitations back with his role', async () => {
    const other = await app.join('demoted-owner@contoso.example', 'Owner', PASSWORD);
    await app
      .call('post', `${app.path}/members`, other.cookie)
      .send({ email: 'friend@contoso.example', role: 'Owner' })
      .expect(201);
    await app.call('patch', `${app.path}/members/${other.userId}`).send({ role: 'Manager' }).expect(200);
    const { body } = await app.call('get', `${app.path}/invitations`).expect(200);
    expect(JSON.stringify(body)).not.toContain('friend@contoso.example');
  });

  it('are accepted once by two at the same moment', async () => {
    const token = await app.invite('twice@contoso.example');
    const answers = await Promise.all(['One', 'Two'].map((name) => app.accept(token, { name, password: PASSWORD })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await refused(token, { name: 'Three', password: PASSWORD })).toEqual([403, 'invitation.invalid']);
  });

  it('look the same whether the address has an account or not', async () => {
    const answers = [
      await app.call('post', `${app.path}/members`).send({ email: 'owner@fabrikam.example', role: 'Readonly' }),
      await app.call('post', `${app.path}/members`).send({ email: 'nobody@fabrikam.example', role: 'Readonly' }),
    ];
    const shapes = answers.map(({ status, body }) => ({
      status,
      member: body.member,
      mail: body.mail,
      keys: Object.keys(body.invitation as object),
    }));
    expect(shapes[0]).toEqual(shapes[1]);
    const opened = await Promise.all(
      answers.map(({ body }) =>
        app.tenancy
          .http()
          .post('/api/v1/invitations/open')
          .send({ token: tokenOf(body.link as string) }),
      ),
    );
    expect(opened.map(({ status, body }) => [status, Object.keys(body as object)])).toEqual(
      opened.map(() => [200, ['tenantName', 'email', 'role', 'invitedByName', 'expiresAt']]),
    );
  });

  it('let whoever holds the link neither into an existing account nor set its password', async () => {
    const token = await app.invite('owner@fabrikam.example', 'Readonly');
    expect(await refused(token, { name: 'Thief', password: PASSWORD })).toEqual([401, 'auth.invalid_credentials']);
    expect(await refused(token, { password: PASSWORD })).toEqual([401, 'auth.invalid_credentials']);
    await app.tenancy.signIn('owner@fabrikam.example');
    const thief = await app.call('post', '/api/v1/me/invitations/accept', app.cookies.Manager).send({ token });
    expect([thief.status, thief.body.code]).toEqual([403, 'invitation.for_another']);

    const joined = await app.accept(token, { password: OWN_PASSWORD }).expect(200);
    expect(joined.body).toMatchObject({ tenantId: app.tenancy.contoso, user: { name: 'Owner of Fabrikam' } });
    await app.call('get', app.path, cookieOf(joined)).expect(200);
  });

  it('are accepted by the person who is signed in with the address', async () => {
    const path = `/api/v1/tenants/${app.tenancy.fabrikam}`;
    const added = await app
      .call('post', `${path}/members`, app.stranger)
      .send({ email: emailOf('Manager').toUpperCase(), role: 'Operator' })
      .expect(201);
    const token = tokenOf(added.body.link as string | null);
    expect(token).toMatch(/^tai_/);
    const joined = await app
      .call('post', '/api/v1/me/invitations/accept', app.cookies.Manager)
      .send({ token })
      .expect(200);
    expect(joined.body).toEqual({ tenantId: app.tenancy.fabrikam });
    await app.call('get', path, app.cookies.Manager).expect(200);
  });

  it('add at once whom the owner sees in another tenant of his', async () => {
    const owner = await app.userId(emailOf('Owner'));
    await app.tenancy.db.database.query(`INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, 'Owner')`, [
      app.tenancy.fabrikam,
      owner,
    ]);
    const added = await app
      .call('post', `/api/v1/tenants/${app.tenancy.fabrikam}/members`)
      .send({ email: emailOf('Operator'), role: 'Readonly' })
      .expect(201);
    expect(added.body).toMatchObject({
      member: { name: 'Operator of Contoso', role: 'Readonly' },
      invitation: null,
      link: null,
    });
    const fabrikam = `/api/v1/tenants/${app.tenancy.fabrikam}`;
    await app.call('get', fabrikam, app.cookies.Operator).expect(200);
    const twice = await app
      .call('post', `${fabrikam}/members`)
      .send({ email: emailOf('Operator'), role: 'Owner' })
      .expect(409);
    expect(twice.body.code).toBe('members.already');
  });

  it('refuse weak passwords and what is no invitation', async () => {
    const token = await app.invite('weak@contoso.example');
    for (const password of ['short', 'aaaaaaaaaaaaaaaa', 'WEAK@contoso.example']) {
      const { body } = await app.accept(token, { name: 'Weak', password }).expect(422);
      expect(body.errors[0].field).toBe('password');
    }
    await app.tenancy.http().post('/api/v1/invitations/open').send({ token: 'tai_x' }).expect(422);
    for (const body of [
      { email: 'not an address', role: 'Owner' },
      { email: '"a\r\nBcc: b@contoso.example"@contoso.example', role: 'Owner' },
      { email: 'a@contoso.example', role: 'King' },
      { email: 'a@contoso.example' },
    ]) {
      await app.call('post', `${app.path}/members`).send(body).expect(422);
    }
  });

  it('are guessed at no faster than passwords', async () => {
    const slowed = await startTenancyApp({
      limits: { perAccount: { attempts: 100, windowSeconds: 600 }, perAddress: { attempts: 3, windowSeconds: 600 } },
    });
    try {
      const open = (): Promise<{ status: number }> =>
        slowed
          .http()
          .post('/api/v1/invitations/open')
          .send({ token: `tai_${'B'.repeat(43)}` });
      const statuses = [];
      for (let at = 0; at < 4; at += 1) statuses.push((await open()).status);
      expect(statuses).toEqual([403, 403, 403, 429]);
    } finally {
      await slowed.close();
    }
  });
});

describe('an invitation where mail is configured', () => {
  let smtp: SmtpReceiver;
  let app: MembersApp;
  beforeAll(async () => {
    smtp = await startSmtpReceiver();
    app = await MembersApp.start({ env: { SMTP_URL: smtp.url, MAIL_FROM: 'atlas@atlas.example' } });
  });
  afterAll(async () => {
    await app?.close();
    await smtp?.close();
  });

  it('goes to the person, and is shown to the inviter all the same', async () => {
    const { link, mail } = await app.add('mailed@contoso.example', 'Readonly');
    expect(mail).toBe('sent');
    const [message] = smtp.received;
    expect(message?.to).toEqual(['mailed@contoso.example']);
    const text = message?.raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    expect(text).toContain(link);
    expect(text).toContain('Subject: You are invited to Contoso in TenantAtlas');
  });

  it('says when the mail could not be sent', async () => {
    smtp.refuse = (command) => (command.startsWith('MAIL') ? '451 later' : undefined);
    expect(await app.add('unmailed@contoso.example')).toMatchObject({ mail: 'failed', link: expect.any(String) });
  });
});
