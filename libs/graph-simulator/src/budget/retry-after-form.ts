/** How a 429 names its wait; `mixed` takes the other four in turn. */
export type RetryAfterForm = 'seconds' | 'decimal' | 'date' | 'none' | 'mixed';

export const RETRY_AFTER_FORMS: readonly RetryAfterForm[] = ['seconds', 'decimal', 'date', 'none', 'mixed'];

const TURNS = ['seconds', 'decimal', 'date', 'none'] as const;

/** The forms seen on the wire: whole seconds, a decimal, none at all; a date is what HTTP allows besides. */
export class RetryAfterWriter {
  private written = 0;

  constructor(private form: RetryAfterForm = 'seconds') {}

  set(form: RetryAfterForm): void {
    this.form = form;
  }

  get(): RetryAfterForm {
    return this.form;
  }

  /** The header's value for a wait until `until`, never shorter than it; undefined where the header is left out. */
  write(now: number, until: number): string | undefined {
    const form = this.form === 'mixed' ? (TURNS[this.written % TURNS.length] ?? 'seconds') : this.form;
    this.written += 1;
    switch (form) {
      case 'seconds':
        return String(Math.max(1, Math.ceil((until - now) / 1000)));
      case 'decimal':
        return (Math.max(1, until - now) / 1000).toFixed(3);
      case 'date':
        return new Date(Math.ceil(until / 1000) * 1000).toUTCString();
      case 'none':
        return undefined;
    }
  }
}
