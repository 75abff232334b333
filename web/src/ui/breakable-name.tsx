import { Fragment } from 'react';

/** A long technical name that breaks after its separators rather than within a word. */
export function BreakableName({ name }: { name: string }) {
  return name.split(/(?<=[_./@])/).map((part, index) => (
    <Fragment key={`${index} ${part}`}>
      {part}
      <wbr />
    </Fragment>
  ));
}
