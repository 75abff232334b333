import type request from 'supertest';
import type { Role } from '../../../libs/access-model/src/permissions.js';
import { cookieOf, emailOf, startTenancyApp, type TenancyApp } from './tenancy-app.js';

export interface AddedAnswer {
  member: { userId: string; role: Role } | null;
  invitation: { id: string; email: string } | null;
  link: string | null;
  mail: string | null;
}

/** Contoso and Fabrikam with a session of each role, and what a test of members does again and again. */
export class MembersApp {
  private constructor(
    readonly tenancy: TenancyApp,
    readonly cookies: Record<Role, string>,
    /** Of Fabrikam's owner. */
    readonly stranger: string,
  ) {}

  static async start(options: Parameters<typeof startTenancyApp>[0] = {}): Promise<MembersApp> {
    const tenancy = await startTenancyApp(options);
    const [Readonly, Operator, Manager, Owner] = await Promise.all(
      (['Readonly', 'Operator', 'Manager', 'Owner'] as const).map((role) => tenancy.signIn(emailOf(role))),
    );
    if (!Readonly || !Operator || !Manager || !Owner) throw new Error('Not every role signed in.');
    const stranger = await tenancy.signIn('owner@fabrikam.example');
    return new MembersApp(tenancy, { Readonly, Operator, Manager, Owner }, stranger);
  }

  close(): Promise<void> {
    return this.tenancy.close();
  }

  get path(): string {
    return `/api/v1/tenants/${this.tenancy.contoso}`;
  }

  call(method: 'get' | 'post' | 'patch' | 'delete', path: string, cookie = this.cookies.Owner): request.Test {
    return this.tenancy.http()[method](path).set('cookie', cookie);
  }

  async add(email: string, role: Role = 'Operator'): Promise<AddedAnswer> {
    const answer = await this.call('post', `${this.path}/members`).send({ email, role }).expect(201);
    return answer.body as AddedAnswer;
  }

  /** Invites an address and answers the token of its link. */
  async invite(email: string, role: Role = 'Operator'): Promise<string> {
    return tokenOf((await this.add(email, role)).link);
  }

  accept(token: string, given: { name?: string; password: string }): request.Test {
    return this.tenancy
      .http()
      .post('/api/v1/invitations/accept')
      .send({ token, ...given });
  }

  /** Invites a person, who accepts; answers his session and id. */
  async join(email: string, role: Role, password: string): Promise<{ cookie: string; userId: string }> {
    const answer = await this.accept(await this.invite(email, role), { name: email, password }).expect(200);
    return { cookie: cookieOf(answer), userId: (answer.body as { user: { id: string } }).user.id };
  }

  async userId(email: string): Promise<string> {
    const [row] = await this.tenancy.db.database.query<{ id: string }>(`SELECT id FROM users WHERE email = $1`, [
      email,
    ]);
    return row?.id ?? '';
  }

  /** Actions of Contoso's trail, newest first. */
  async trail(): Promise<{ action: string; subject_name: string; details: object | null }[]> {
    return this.tenancy.db.database.query(
      `SELECT action, subject_name, details FROM audit_entries WHERE tenant_id = $1 ORDER BY id DESC`,
      [this.tenancy.contoso],
    );
  }
}

export function tokenOf(link: string | null): string {
  return link?.split('#')[1] ?? '';
}
