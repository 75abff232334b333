/** Any JSON value as people read it. */
export function ValueText({ value }: { value: unknown }) {
  if (value === null || value === undefined) return <span className="change-absent">Not set</span>;
  return <pre className="change-value">{textOf(value)}</pre>;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '(empty)' : value;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value) && value.length === 0) return '(empty list)';
  return JSON.stringify(value, null, 2);
}
