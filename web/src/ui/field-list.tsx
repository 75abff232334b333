import type { ReactNode } from 'react';

export interface Field {
  label: string;
  value: ReactNode;
}

/** Labelled values in as many columns as there is room for. */
export function FieldList({ fields }: { fields: readonly Field[] }) {
  return (
    <dl className="field-list">
      {fields.map((field) => (
        <div key={field.label}>
          <dt>{field.label}</dt>
          <dd>{field.value}</dd>
        </div>
      ))}
    </dl>
  );
}
