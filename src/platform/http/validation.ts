import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { AccessDenied, DomainError, type FieldFault } from '../errors/domain-error.js';

/** Text that PostgreSQL cannot hold: NUL, and halves of a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Far deeper than any body of this API, and far less than what walking a body takes of the stack. */
const DEEPEST = 32;

/**
 * Checks bodies, queries and path parameters against their DTO classes. Unknown fields are refused, not dropped, so
 * that a misspelt one is noticed.
 * @throws DomainError `request.invalid` (422) with one entry per field
 * @throws AccessDenied for text in the path that no id can have: it answers as an id that is foreign
 */
export class RequestValidation extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      validationError: { target: false, value: false },
      exceptionFactory: (faults) => invalid(faults.flatMap((fault) => fieldFaults(fault))),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom') return value;
    if (metadata.type === 'body' && Array.isArray(value) && metadata.metatype !== Array) {
      throw invalid([{ field: '', message: 'must be a JSON object' }]);
    }
    const fault = unusableField(value, metadata.data ?? '');
    if (fault !== undefined) throw metadata.type === 'param' ? new AccessDenied() : invalid([fault]);
    return super.transform(value, metadata);
  }
}

function invalid(errors: readonly FieldFault[]): DomainError {
  return new DomainError('request.invalid', 'unprocessable', 'Some fields are not valid; see errors.', { errors });
}

/** One fault per broken constraint, its field as a dotted path from the body's root. */
export function fieldFaults(fault: ValidationError, prefix = ''): FieldFault[] {
  const field = prefix === '' ? fault.property : `${prefix}.${fault.property}`;
  const own = Object.entries(fault.constraints ?? {}).map(([constraint, message]) => ({
    field,
    message: constraint === 'whitelistValidation' ? 'is not a known field' : withoutName(message, fault.property),
  }));
  return [...own, ...(fault.children ?? []).flatMap((child) => fieldFaults(child, field))];
}

function withoutName(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}

/** The first field that can neither be checked nor stored. */
function unusableField(value: unknown, path: string, depth = 0): FieldFault | undefined {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? unstorable(path) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === DEEPEST) return { field: path, message: `must not be nested deeper than ${DEEPEST} levels` };
  for (const [key, member] of Object.entries(value)) {
    if (UNSTORABLE.test(key)) return unstorable(path);
    const found = unusableField(member, path === '' ? key : `${path}.${key}`, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unstorable(field: string): FieldFault {
  return { field, message: 'must not contain NUL or broken Unicode characters' };
}
