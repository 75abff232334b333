import { DomainError } from '../../../platform/errors/domain-error.js';

export class LastOwner extends DomainError {
  constructor() {
    super('members.last_owner', 'conflict', 'A tenant keeps at least one owner; make somebody else Owner first.');
  }
}

export class AlreadyMember extends DomainError {
  constructor() {
    super('members.already', 'conflict', 'This person is a member already; change the role in the list instead.');
  }
}

export class TooManyInvitations extends DomainError {
  constructor(most: number) {
    super(
      'members.too_many_invitations',
      'conflict',
      `A tenant keeps ${most} open invitations at most; take one back that is not needed any more.`,
    );
  }
}

/** One answer for a link that is unknown, used, taken back, run out, or whose sender is no owner any more. */
export class InvitationInvalid extends DomainError {
  constructor() {
    super(
      'invitation.invalid',
      'forbidden',
      'This invitation cannot be used: it was used, was taken back or has expired. Ask for a new one.',
    );
  }
}

export class InvitationForAnother extends DomainError {
  constructor() {
    super(
      'invitation.for_another',
      'forbidden',
      'This invitation is for another e-mail address than yours; sign out to accept it as that person.',
    );
  }
}
