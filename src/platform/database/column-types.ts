import pg, { type CustomTypesConfig } from 'pg';

const { TIMESTAMPTZ } = pg.types.builtins;
const anyInstant = pg.types.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => unknown;

/**
 * How a column's text becomes a value: as node-postgres has it, but instants in half its time. A page of runs has two
 * hundred of them.
 */
export const COLUMN_TYPES: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === TIMESTAMPTZ && format !== 'binary' ? instant : (pg.types.getTypeParser(oid, format) as () => unknown),
};

/** `2026-11-22 13:08:09.123456+00` is nearly ISO 8601; odd offsets, eras and infinity are left to the driver. */
function instant(text: string): unknown {
  const sign = text.charAt(text.length - 3);
  const isNearlyIso = (sign === '+' || sign === '-') && text.charAt(4) === '-';
  return isNearlyIso ? new Date(`${text.slice(0, 10)}T${text.slice(11)}:00`) : anyInstant(text);
}
