import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/access/access.decorator.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { UserRepository } from '../data/user.repository.js';
import { demandGoodPassword } from '../password-rules.js';
import { hashPassword, passwordMatches } from '../password.js';
import { SignInThrottle } from '../sign-in-throttle.js';

/** Proves that a person knows his password before he gets another one. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly users: UserRepository,
    private readonly throttle: SignInThrottle,
  ) {}

  /**
   * The hash to keep for the new password.
   * @throws DomainError `account.wrong_password`, `request.invalid`; TooManyAttempts
   */
  async exchange(
    { email }: Principal,
    { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
    address: string,
  ): Promise<string> {
    demandGoodPassword('newPassword', newPassword, email);
    await this.throttle.count(email, address);
    const user = await this.users.activeByEmail(email);
    if (!(await passwordMatches(user?.passwordHash, currentPassword))) throw new WrongPassword();
    await this.throttle.succeeded(email, address);
    return hashPassword(newPassword);
  }
}

class WrongPassword extends DomainError {
  constructor() {
    super('account.wrong_password', 'unprocessable', 'The present password is not right.', {
      errors: [{ field: 'currentPassword', message: 'is not right' }],
    });
  }
}
