import { Problem } from '../api/client';

/** What the server has against one field of a form, as a sentence. */
export function faultOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  const message = error.fields.find((fault) => fault.field === field)?.message;
  return message === undefined ? undefined : message.charAt(0).toUpperCase() + message.slice(1);
}
