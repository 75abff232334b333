import { DomainError, type FieldFault } from '../../platform/errors/domain-error.js';

/** A selection names a policy type that this version does not read. */
export class UnknownPolicyType extends DomainError {
  constructor(field: string, names: readonly string[]) {
    const message = `does not know ${names.slice(0, 5).join(', ')}; the known types are at inventory/policy-types`;
    const errors: FieldFault[] = [{ field, message }];
    super('inventory.unknown_policy_type', 'unprocessable', 'The selection names a policy type that is not known.', {
      errors,
    });
  }
}

/** A selection names a category that no policy type has. */
export class UnknownCategory extends DomainError {
  constructor(field: string, names: readonly string[]) {
    const message = `does not know ${names.slice(0, 5).join(', ')}; the known categories are at inventory/policy-types`;
    super('inventory.unknown_category', 'unprocessable', 'The selection names a category that is not known.', {
      errors: [{ field, message }],
    });
  }
}
