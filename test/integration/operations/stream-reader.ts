import { fetch } from 'undici';

export interface StreamedEvent {
  name: string;
  id: string;
  data: unknown;
}

/** What a client without a library makes of server-sent events: the parts of the standard that are used here. */
export class StreamReader {
  readonly events: StreamedEvent[] = [];
  readonly comments: string[] = [];
  /** Resolves when the stream has ended: with how, and with what was left of a frame that was cut. */
  readonly ended: Promise<{ clean: boolean; rest: string }>;
  lastEventId = '';
  retryMs: number | undefined;
  private readonly waiting = new Set<() => void>();

  private constructor(
    readonly headers: ReadonlyMap<string, string>,
    body: AsyncIterable<Uint8Array>,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read(body);
  }

  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<StreamReader> {
    const abort = new AbortController();
    const answer = await fetch(url, { headers, signal: abort.signal });
    if (answer.status !== 200 || !answer.body) throw new Error(`${answer.status}: ${await answer.text()}`);
    return new StreamReader(new Map(answer.headers), answer.body, abort);
  }

  /** The first event, past or to come, that fits; the test's own time limit ends a wait in vain. */
  async until(fits: (event: StreamedEvent) => boolean): Promise<StreamedEvent> {
    for (;;) {
      const found = this.events.find(fits);
      if (found) return found;
      await this.next();
    }
  }

  /** A beat that comes after this call: all that was to be sent before is here. */
  async beat(): Promise<void> {
    const before = this.events.length;
    await this.until((event) => event.name === 'beat' && this.events.indexOf(event) >= before);
  }

  /** What came before the first beat: what was missed and what is under way, but nothing that was signalled since. */
  async first(): Promise<StreamedEvent[]> {
    const beat = await this.until(({ name }) => name === 'beat');
    return this.events.slice(0, this.events.indexOf(beat));
  }

  named(name: string): unknown[] {
    return this.events.filter((event) => event.name === name).map(({ data }) => data);
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.ended;
  }

  private next(): Promise<void> {
    return new Promise((resolve) => this.waiting.add(resolve));
  }

  private async read(body: AsyncIterable<Uint8Array>): Promise<{ clean: boolean; rest: string }> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of body) {
        const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.dispatch(block);
        for (const wake of this.waiting) wake();
        this.waiting.clear();
      }
      return { clean: true, rest };
    } catch {
      return { clean: false, rest };
    }
  }

  private dispatch(block: string): void {
    let name = 'message';
    let data: string | undefined;
    for (const line of block.split('\n')) {
      const [field, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).replace(/^ /, '')];
      if (field === '') this.comments.push(value);
      else if (field === 'event') name = value;
      else if (field === 'data') data = value;
      else if (field === 'id') this.lastEventId = value;
      else if (field === 'retry') this.retryMs = Number(value);
      else throw new Error(`This is no line of an event stream: ${line}`);
    }
    if (data !== undefined) this.events.push({ name, id: this.lastEventId, data: JSON.parse(data) });
  }
}
