import type { GroupKind, RemovedReason } from '../../api/directory';

export const GROUP_KIND_WORDS: Record<GroupKind, string> = {
  security: 'Security',
  microsoft365: 'Microsoft 365',
  dynamic: 'Dynamic',
  mail_enabled: 'Mail-enabled',
  on_premises: 'On-premises',
};

export const REMOVED_WORDS: Record<RemovedReason, string> = {
  soft_deleted: 'Deleted; Entra ID keeps it for 30 days and can bring it back.',
  deleted: 'Deleted for good.',
  not_listed: 'A sync of all groups did not find it any more.',
};

export function kindsText(kinds: readonly GroupKind[]): string {
  return kinds.length === 0 ? '–' : kinds.map((kind) => GROUP_KIND_WORDS[kind]).join(', ');
}
