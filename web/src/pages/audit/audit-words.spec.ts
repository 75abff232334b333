import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../api/audit';
import { actionWords, KNOWN_ACTIONS, sentenceOf } from './audit-words';

function words(entry: Partial<AuditEntry>): string {
  const { deed, subject, rest } = sentenceOf({
    action: 'auth.sign_in',
    subjectType: 'thing',
    subjectId: '7',
    subjectName: 'Ada',
    change: null,
    ...entry,
  } as AuditEntry);
  return ['Bo', deed, subject ?? '', rest].filter((part) => part !== '').join(' ');
}

describe('an entry of the audit trail', () => {
  it.each([
    [{ action: 'auth.sign_in' }, 'Bo signed in'],
    [
      { action: 'member.change_role', change: { before: { role: 'Operator' }, after: { role: 'Manager' } } },
      'Bo changed the role of Ada from Operator to Manager',
    ],
    [{ action: 'invitation.create', change: { before: null, after: { role: 'Owner' } } }, 'Bo invited Ada as Owner'],
    [{ action: 'inventory.sync.start', subjectType: 'operation_run', subjectName: null }, 'Bo started inventory sync'],
    [
      { action: 'backup_set.add_policies.cancel', subjectType: 'operation_run', subjectName: 'Nightly' },
      'Bo cancelled backup set add policies: Nightly',
    ],
    [{ action: 'restore.approve', subjectName: null }, 'Bo did “Restore: approve” to 7'],
  ])('%j reads as a sentence', (entry, sentence) => expect(words(entry)).toBe(sentence));

  it('calls a run as the other pages do', () => {
    const entry = { action: 'drift.generate.start', subjectType: 'operation_run', subjectId: '8', subjectName: null };
    const labelOf = (type: string) => (type === 'drift.generate' ? 'Drift comparison' : undefined);
    expect(sentenceOf(entry as AuditEntry, labelOf).deed).toBe('started drift comparison');
  });

  it('reads although it carries no values, as entries of before do', () => {
    for (const { value } of KNOWN_ACTIONS) expect(words({ action: value })).not.toMatch(/undefined|null/);
  });

  it('has words for its action in a filter', () => {
    expect(actionWords('notification_channel.rotate_secret')).toBe('Notification channel: rotate secret');
  });
});
