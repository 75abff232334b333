import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { DomainError } from '../errors/domain-error.js';
import { isInstant } from './instant.js';
import { isId, isUuid } from './parse-id.js';

/** `?cursor=&limit=` of every list; extend it for a list's own filters. */
export class PageQuery {
  /** Opaque; the `nextCursor` of the page before. */
  @ApiPropertyOptional({ description: 'The nextCursor of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(1024)
  cursor?: string;

  /** Rows of one page, 1 to 100. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 25;
}

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type CursorValue = string | number | null;

/** The sort key of a page's last row, made opaque. A null comes back as the empty string, so sort on `coalesce(x, '')`. */
export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values.map((value) => (value === null ? '' : String(value))))).toString(
    'base64url',
  );
}

/** What a value of a cursor must be, so that PostgreSQL can cast it. */
export type CursorKind = 'id' | 'uuid' | 'time' | 'text';

/**
 * The values that {@link encodeCursor} hid, undefined for the first page. They come from the caller: pass them as SQL
 * parameters.
 * @param kinds the kind of each value
 * @throws DomainError `request.invalid_cursor` for text that is not a cursor of this list.
 */
export function decodeCursor(cursor: string | undefined, kinds: readonly CursorKind[]): string[] | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const values = parsed(cursor);
  if (!isTexts(values) || values.length !== kinds.length || !kinds.every((kind, i) => fits(kind, values[i] ?? ''))) {
    throw new DomainError(
      'request.invalid_cursor',
      'invalid',
      'The cursor does not belong to this list; start again without one.',
      { errors: [{ field: 'cursor', message: 'must be the nextCursor of the page before' }] },
    );
  }
  return values;
}

/**
 * A page from rows that were read with `limit + 1`; the row too many only says that there is a next page.
 * @param keyOf the sort key of a row, in the order that the list's query compares it
 * @param view what of a row is shown; the row itself when left out
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly CursorValue[],
): Page<Row>;
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly CursorValue[],
  view: (row: Row) => Item,
): Page<Item>;
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly CursorValue[],
  view: (row: Row) => unknown = (row) => row,
): Page<unknown> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => view(row)),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string' && !member.includes('\0'));
}

function fits(kind: CursorKind, value: string): boolean {
  switch (kind) {
    case 'id':
      return isId(value);
    case 'uuid':
      return isUuid(value);
    case 'time':
      return isInstant(value);
    case 'text':
      return true;
  }
}
