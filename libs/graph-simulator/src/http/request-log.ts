/** One request that the simulator answered. */
export interface LoggedRequest {
  /** ISO 8601, when it came. */
  time: string;
  method: string;
  /** Path and query as sent. */
  path: string;
  /** null where the connection was broken on purpose. */
  status: number | null;
  durationMs: number;
  tenantId: string | null;
  clientId: string | null;
  /** True where a fault rule struck. */
  fault: boolean;
  /** Members of a `$batch`; undefined for any other request. */
  batch?: { id: string; method: string; path: string; status: number }[];
}

const MAX_ENTRIES = 50_000;

/** What was asked, for counting requests and budgets: the newest {@link MAX_ENTRIES}. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private counted = 0;

  add(entry: LoggedRequest): void {
    this.counted += 1;
    this.entries.push(entry);
    if (this.entries.length > MAX_ENTRIES) this.entries.shift();
  }

  /** Oldest first. */
  list(): readonly LoggedRequest[] {
    return this.entries;
  }

  /** Requests since the start or the last clear, kept or not. */
  total(): number {
    return this.counted;
  }

  clear(): void {
    this.entries = [];
    this.counted = 0;
  }
}
