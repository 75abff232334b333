import type { RunItemDto, RunItemPageDto } from './operations.dto.js';

const COLUMNS = ['Result', 'Kind', 'Item', 'Name', 'Reason code', 'Reason'] as const;
/** A spreadsheet takes what begins so for a formula, and would run it. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;
/** Excel reads UTF-8 only behind this mark. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A run's items as CSV (RFC 4180, UTF-8 with its mark), page by page, so that no size of run is held in memory.
 * @param read one page of the items, after `cursor`
 */
export async function* itemsAsCsv(
  read: (cursor: string | undefined) => Promise<RunItemPageDto>,
): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${line(COLUMNS)}`;
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    yield page.items.map((item) => line(cellsOf(item))).join('');
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function cellsOf({ result, kind, itemId, name, reasonCode, reason }: RunItemDto): string[] {
  return [result, kind, itemId, name ?? '', reasonCode ?? '', reason ?? ''];
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
