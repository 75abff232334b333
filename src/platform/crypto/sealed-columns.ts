import { Injectable } from '@nestjs/common';

/** A column of sealed bytes. The names are of our own schema and go into SQL as they are. */
export interface SealedColumn {
  table: string;
  column: string;
  /** Columns that name a row. */
  key: readonly string[];
  /** What the bytes are bound to, from the row's `key` as text. */
  purpose: (key: readonly string[]) => string;
}

/** Where this process keeps sealed bytes in the database; each module says so of its own, so that keys can be changed. */
@Injectable()
export class SealedColumns {
  private readonly columns: SealedColumn[] = [];

  add(...columns: readonly SealedColumn[]): void {
    this.columns.push(...columns);
  }

  all(): readonly SealedColumn[] {
    return this.columns;
  }
}
