import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EvidenceChange } from '../finding.js';
import { evidenceOf, PREVIEWED_CHANGES, previewOf } from './evidence.js';

function change(path: string, before: unknown = 1, after: unknown = 2): EvidenceChange {
  return { path, settingDefinitionId: path, before, after, change: 'changed' };
}
const changes = (count: number): EvidenceChange[] => Array.from({ length: count }, (_, at) => change(`s${at}`));

describe('the preview of a finding’s evidence', () => {
  it('is the evidence itself when that is short', () => {
    const whole = changes(PREVIEWED_CHANGES);
    expect(previewOf(whole, whole.length)).toEqual({ changes: whole });
    expect(previewOf([], 0)).toEqual({ changes: [] });
  });

  it('counts what it leaves out, whether or not the finding keeps it', () => {
    const first = changes(PREVIEWED_CHANGES + 5);
    expect(previewOf(first, 40)).toEqual({
      changes: first.slice(0, PREVIEWED_CHANGES),
      omittedChanges: 40 - PREVIEWED_CHANGES,
      truncated: true,
    });
  });

  it('cuts long values, and says so', () => {
    const preview = previewOf([change('a', { list: ['x'.repeat(500)] }, 'short')], 1);
    expect(preview).toMatchObject({ truncated: true, changes: [{ path: 'a', after: 'short' }] });
    expect(preview.changes[0]?.before).toMatch(/^\{"list":\["x+… \[shortened, \d+ characters\]$/);
    expect(preview).not.toHaveProperty('omittedChanges');
  });

  it('is small whatever was found, names every change it shows, and adds up', () => {
    const json = fc.oneof(fc.jsonValue(), fc.string({ minLength: 150, maxLength: 400, unit: 'binary' }));
    const found = fc.array(fc.record({ before: json, after: json }), { maxLength: 25 });
    fc.assert(
      fc.property(found, fc.nat({ max: 100 }), (values, lost) => {
        const { changes: kept } = evidenceOf(values.map(({ before, after }, at) => change(`s${at}`, before, after)));
        const preview = previewOf(kept, kept.length + lost);
        expect(preview.changes.map(({ path }) => path)).toEqual(
          kept.slice(0, PREVIEWED_CHANGES).map(({ path }) => path),
        );
        expect(preview.changes.length + (preview.omittedChanges ?? 0)).toBe(kept.length + lost);
        for (const { before, after } of preview.changes) {
          for (const value of [before, after]) {
            const text = typeof value === 'string' ? value : JSON.stringify(value);
            expect(text.length).toBeLessThan(250);
          }
        }
        const isWhole = JSON.stringify(preview.changes) === JSON.stringify(kept) && lost === 0;
        expect(preview.truncated).toBe(isWhole ? undefined : true);
      }),
    );
  });
});
