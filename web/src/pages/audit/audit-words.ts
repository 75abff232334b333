import type { AuditEntry, AuditValues } from '../../api/audit';
import { wordsOf } from '../../ui/format';

/** An entry as a sentence in three parts: "{actor} {deed} {subject} {rest}". */
export interface AuditSentence {
  deed: string;
  /** Null where the deed says it all. */
  subject: string | null;
  rest: string;
}

type Words = (entry: AuditEntry) => { deed: string; rest?: string; subject?: null };

const roleOf = (values: AuditValues | null | undefined): string => String(values?.role ?? 'a role');

/** What each action is called; a run's actions, which end in a verb, are worded below. */
const WORDS: Record<string, Words | undefined> = {
  'auth.sign_in': () => ({ deed: 'signed in', subject: null }),
  'auth.sign_out': () => ({ deed: 'signed out', subject: null }),
  'auth.end_session': () => ({ deed: 'ended one of their sessions', subject: null }),
  'auth.end_sessions': () => ({ deed: 'ended all their other sessions', subject: null }),
  'auth.link_microsoft': () => ({ deed: 'linked a Microsoft account', subject: null }),
  'auth.unlink_microsoft': () => ({ deed: 'unlinked a Microsoft account', subject: null }),
  'user.change_password': () => ({ deed: 'changed their password', subject: null }),
  'user.rename': ({ change }) => ({
    deed: `changed their name to ${String(change?.after?.name ?? '')}`,
    subject: null,
  }),
  'api_token.create': () => ({ deed: 'created the API token' }),
  'api_token.revoke': () => ({ deed: 'revoked the API token' }),
  'member.add': ({ change }) => ({ deed: 'added', rest: `as ${roleOf(change?.after)}` }),
  'member.change_role': ({ change }) => ({
    deed: 'changed the role of',
    rest: `from ${roleOf(change?.before)} to ${roleOf(change?.after)}`,
  }),
  'member.remove': ({ change }) => ({ deed: 'removed', rest: `who was ${roleOf(change?.before)}` }),
  'invitation.create': ({ change }) => ({ deed: 'invited', rest: `as ${roleOf(change?.after)}` }),
  'invitation.revoke': () => ({ deed: 'took back the invitation of' }),
  'invitation.accept': ({ change }) => ({ deed: `joined as ${roleOf(change?.after)}`, subject: null }),
  'graph_connection.set': () => ({ deed: 'set the Graph connection:' }),
  'graph_connection.delete': () => ({ deed: 'removed the Graph connection:' }),
  'graph_connection.test': () => ({ deed: 'tested the Graph connection:' }),
  'schedule.create': () => ({ deed: 'created the schedule' }),
  'schedule.update': () => ({ deed: 'changed the schedule' }),
  'schedule.delete': () => ({ deed: 'deleted the schedule' }),
  'notification_channel.create': () => ({ deed: 'created the notification channel' }),
  'notification_channel.update': () => ({ deed: 'changed the notification channel' }),
  'notification_channel.delete': () => ({ deed: 'deleted the notification channel' }),
  'notification_channel.test': () => ({ deed: 'tested the notification channel' }),
  'notification_channel.rotate_secret': () => ({ deed: 'made a new secret for the notification channel' }),
  'backup_set.create': () => ({ deed: 'created the backup set' }),
  'drift_finding.acknowledge': () => ({ deed: 'acknowledged the drift of' }),
  'policy_export.download': () => ({ deed: 'downloaded the policy export' }),
};

/** The actions that people filter by, with their words. */
export const KNOWN_ACTIONS: readonly { value: string; label: string }[] = Object.keys(WORDS).map((action) => ({
  value: action,
  label: actionWords(action),
}));

/** What people do with runs of a type. */
export function runActions({ type, label }: { type: string; label: string }): { value: string; label: string }[] {
  return [
    { value: `${type}.start`, label: `${label}: start` },
    { value: `${type}.cancel`, label: `${label}: cancel` },
  ];
}

const RUN_VERBS: Record<string, string | undefined> = {
  start: 'started',
  hold: 'prepared',
  cancel: 'cancelled',
};

/** @param labelOf what a run type is called, where that is known */
export function sentenceOf(
  entry: AuditEntry,
  labelOf: (type: string) => string | undefined = () => undefined,
): AuditSentence {
  const subject = entry.subjectName ?? (entry.subjectType === 'operation_run' ? null : entry.subjectId);
  const words = WORDS[entry.action]?.(entry);
  if (words !== undefined) {
    return { deed: words.deed, subject: words.subject === null ? null : subject, rest: words.rest ?? '' };
  }
  const at = entry.action.lastIndexOf('.');
  const verb = RUN_VERBS[entry.action.slice(at + 1)];
  if (verb === undefined) return { deed: `did “${actionWords(entry.action)}” to`, subject, rest: '' };
  const type = entry.action.slice(0, at);
  const label = labelOf(type) ?? wordsOf(type);
  const run = label.charAt(0).toLowerCase() + label.slice(1);
  return { deed: `${verb} ${run}${subject === null ? '' : ':'}`, subject, rest: '' };
}

/** `member.change_role` as "Member: change role". */
export function actionWords(action: string): string {
  const at = action.lastIndexOf('.');
  return `${wordsOf(action.slice(0, at))}: ${wordsOf(action.slice(at + 1)).toLowerCase()}`;
}

/** Where a thing of the trail has a page; a path below the tenant. */
export function pathOf({ subjectType, subjectId }: AuditEntry): string | undefined {
  switch (subjectType) {
    case 'operation_run':
      return `/operations/${subjectId}`;
    case 'backup_set':
      return `/backup-sets/${subjectId}`;
    case 'drift_finding':
      return `/drift/findings/${subjectId}`;
    case 'schedule':
      return '/settings/schedules';
    case 'notification_channel':
      return `/settings/channels/${subjectId}`;
    case 'graph_connection':
      return '/settings/graph-connection';
    default:
      return undefined;
  }
}
