/** Longer than this, a value is a text of its own and not a value in a row. */
const LONGEST_IN_ROW = 240;

/** A value as people read it; undefined and null are the empty text. A list is one line per element. */
export function plainText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(plainText).join('\n');
  return JSON.stringify(value, null, 2);
}

/** What stands in a cell where {@link plainText} would be empty: absence and emptiness are not the same. */
export function emptyWords(value: unknown): string | undefined {
  if (value === undefined || value === null) return 'Not set';
  if (value === '') return '(empty)';
  if (Array.isArray(value)) return value.length === 0 ? '(empty list)' : undefined;
  return typeof value === 'object' && Object.keys(value).length === 0 ? '(empty)' : undefined;
}

/** Whether a value is a script, a profile or another text that is better read below its row. */
export function isLongText(value: unknown): boolean {
  if (typeof value !== 'string' && !Array.isArray(value)) return false;
  const text = plainText(value);
  return text.length > LONGEST_IN_ROW || (typeof value === 'string' && text.trimEnd().includes('\n'));
}
