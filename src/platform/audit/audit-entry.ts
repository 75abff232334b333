import { randomUUID } from 'node:crypto';
import type { Actor } from '../context/actor.js';
import { currentContext, type RequestContext } from '../context/request-context.js';
import { redact } from '../logging/redact.js';

/** What an entry may tell of a change beside its words: plain values, never a secret, a payload or long text. */
export type AuditValues = Readonly<Record<string, string | number | boolean | null>>;

/** What was done to which thing. `action` is dotted, `thing.verb`; nothing in it is a secret or a payload. */
export interface AuditEntry {
  action: string;
  subjectType: string;
  subjectId: string;
  subjectName?: string | null;
  /** What a change made of what, where a person reading the trail would ask. */
  change?: { before?: AuditValues; after?: AuditValues } | undefined;
}

const LONGEST_USER_AGENT = 200;

/** The columns of an entry beside its tenant, in the order of {@link entryValues}. */
export const ENTRY_COLUMNS = `actor_kind, actor_id, actor_name, action, subject_type, subject_id, subject_name,
  correlation_id, address, user_agent, details`;

export type EntryValues = (string | null)[];

/**
 * Who did what and from where. Text that people or clients chose is redacted.
 * @param call what it was done in; the call that is being served unless told
 */
export function entryValues(
  actor: Actor,
  entry: AuditEntry,
  call: RequestContext | undefined = currentContext(),
): EntryValues {
  return [
    actor.kind,
    actor.kind === 'user' ? actor.userId : null,
    actor.name,
    entry.action,
    entry.subjectType,
    entry.subjectId,
    entry.subjectName == null ? null : redact(entry.subjectName),
    call?.correlationId ?? randomUUID(),
    call?.address ?? null,
    call?.userAgent === undefined ? null : redact(call.userAgent).slice(0, LONGEST_USER_AGENT),
    entry.change === undefined ? null : redact(JSON.stringify(entry.change)),
  ];
}
