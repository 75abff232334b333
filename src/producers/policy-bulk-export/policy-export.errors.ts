import { DomainError } from '../../platform/errors/domain-error.js';

/** A selection names policies and says by what to find them: either would change what the other means. */
export class AmbiguousSelection extends DomainError {
  constructor() {
    super(
      'policy_export.ambiguous_selection',
      'unprocessable',
      'Name the policies by id, or select them by type and name, but not both.',
      { errors: [{ field: 'policyIds', message: 'cannot stand beside types or q' }] },
    );
  }
}

/** The archive was there and is not kept any more. */
export class ExportExpired extends DomainError {
  constructor() {
    super('policy_export.expired', 'conflict', 'This archive is not kept any more. Start a new export.');
  }
}
