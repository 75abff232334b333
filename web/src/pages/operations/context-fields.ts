import type { Field } from '../../ui/field-list';
import { countOf, numberText, wordsOf } from '../../ui/format';

const SHOWN_VALUES = 5;

interface TextField extends Field {
  value: string;
}

/** A run's context as labelled values; nested objects become "Outer: inner". */
export function contextFields(context: Readonly<Record<string, unknown>>, prefix = ''): TextField[] {
  return Object.entries(context).flatMap(([name, value]): TextField[] => {
    const label = prefix === '' ? wordsOf(name) : `${prefix}: ${wordsOf(name).toLowerCase()}`;
    if (value === null || value === undefined) return [];
    if (isObject(value)) return contextFields(value, label);
    return [{ label, value: textOf(value) }];
  });
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return listed(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string' && value !== '') return value;
  return '–';
}

function listed(values: readonly unknown[]): string {
  if (values.length === 0) return 'None';
  const isPlain = values.every((value) => typeof value === 'string' || typeof value === 'number');
  if (!isPlain || values.length > SHOWN_VALUES) return countOf(values.length, 'entry', 'entries');
  return values.join(', ');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
