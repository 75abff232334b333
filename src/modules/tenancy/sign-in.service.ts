import { Injectable } from '@nestjs/common';
import { AccountAudit } from './account-audit.js';
import { UserRepository, type UserRow } from './data/user.repository.js';
import { passwordMatches } from './password.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { InvalidCredentials } from './tenancy.errors.js';

/** Local accounts: who is it that knows this e-mail and password? */
@Injectable()
export class SignInService {
  constructor(
    private readonly users: UserRepository,
    private readonly throttle: SignInThrottle,
    private readonly audit: AccountAudit,
  ) {}

  /**
   * @param address the caller's network address, against which attempts are counted
   * @throws InvalidCredentials, TooManyAttempts
   */
  async verify(email: string, password: string, address: string): Promise<UserRow> {
    await this.throttle.count(email, address);
    const user = await this.users.activeByEmail(email);
    const matches = await passwordMatches(user?.passwordHash, password);
    if (!user || !matches) throw new InvalidCredentials();
    await this.throttle.succeeded(email, address);
    await this.audit.record(
      { userId: user.id, name: user.name },
      { action: 'auth.sign_in', subjectType: 'user', subjectId: user.id, subjectName: user.name },
    );
    return { id: user.id, email: user.email, name: user.name };
  }
}
