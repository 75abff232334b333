import type { Principal } from '../../../platform/access/access.decorator.js';
import type { UserAnswer } from './auth.dto.js';

/** The caller as the API shows him. */
export function userAnswer({ userId, name, email }: Principal): UserAnswer {
  return { id: userId, name, email };
}
