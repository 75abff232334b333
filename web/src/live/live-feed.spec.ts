import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LiveFeed, type FeedParts, type StreamHandlers, type TabMessage } from './live-feed';
import type { StreamEvent } from './stream-events';

const BEAT_MS = 15_000;

/** A browser: its tabs share one lock and one channel, and the server gives each leading tab a stream. */
class FakeBrowser {
  readonly streams: { since: string | undefined; handlers: StreamHandlers; closed: boolean }[] = [];
  private readonly receivers = new Set<(message: TabMessage) => void>();
  private lock: Promise<void> = Promise.resolve();

  get open(): StreamHandlers {
    const stream = this.streams.at(-1);
    if (stream === undefined || stream.closed) throw new Error('No stream is open.');
    return stream.handlers;
  }

  parts(): FeedParts {
    return {
      elect: (lead, leaving) => {
        const turn = this.lock.then(() => (leaving.aborted ? undefined : lead()));
        this.lock = turn;
        return turn;
      },
      openChannel: (receive) => {
        this.receivers.add(receive);
        return {
          post: (message) => {
            for (const each of this.receivers) if (each !== receive) each(message);
          },
          close: () => this.receivers.delete(receive),
        };
      },
      openStream: (since, handlers) => {
        const stream = { since, handlers, closed: false };
        this.streams.push(stream);
        return { close: () => (stream.closed = true) };
      },
    };
  }
}

class Tab {
  readonly events: StreamEvent[] = [];
  readonly states: boolean[] = [];
  troubles = 0;
  readonly feed: LiveFeed;

  constructor(browser: FakeBrowser) {
    this.feed = new LiveFeed(browser.parts(), {
      event: (event) => this.events.push(event),
      state: (live) => this.states.push(live),
      trouble: () => (this.troubles += 1),
    });
    this.feed.start();
  }
}

/** Lets promises settle; the timers are not the real ones. */
async function settled(): Promise<void> {
  await jest.advanceTimersByTimeAsync(0);
}

const beat = (id: string): StreamEvent => ({ name: 'beat', id });

describe('LiveFeed', () => {
  let browser: FakeBrowser;

  beforeEach(() => {
    jest.useFakeTimers();
    browser = new FakeBrowser();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('holds one stream for all tabs and hands its events to each of them once', async () => {
    const tabs = [new Tab(browser), new Tab(browser), new Tab(browser)];
    await settled();
    browser.open.event(beat('a-1'));

    expect(browser.streams).toHaveLength(1);
    for (const tab of tabs) {
      expect(tab.events).toEqual([beat('a-1')]);
      expect(tab.states).toEqual([true]);
    }
  });

  it('goes on in another tab from the same event when the leading one goes', async () => {
    const [first, second] = [new Tab(browser), new Tab(browser)];
    await settled();
    browser.open.event(beat('a-7'));
    first.feed.stop();
    await settled();

    expect(browser.streams.map(({ since, closed }) => ({ since, closed }))).toEqual([
      { since: undefined, closed: true },
      { since: 'a-7', closed: false },
    ]);
    browser.open.event(beat('a-8'));
    expect(second.events).toEqual([beat('a-7'), beat('a-8')]);
  });

  it('lets a tab that comes later go on from where the leading one is', async () => {
    const first = new Tab(browser);
    await settled();
    browser.open.event(beat('a-3'));
    const later = new Tab(browser);
    expect(later.states).toEqual([true]);
    first.feed.stop();
    await settled();
    expect(browser.streams.at(-1)?.since).toBe('a-3');
  });

  it('says in every tab that nothing comes when the stream stays away, and that it comes again', async () => {
    const tabs = [new Tab(browser), new Tab(browser)];
    await settled();
    browser.open.event(beat('a-1'));
    browser.open.broken(true);
    expect(tabs.map(({ states }) => states)).toEqual([[true], [true]]);
    await jest.advanceTimersByTimeAsync(6_000);
    expect(tabs.map(({ states }) => states)).toEqual([
      [true, false],
      [true, false],
    ]);
    browser.open.opened();
    browser.open.event(beat('a-2'));
    expect(tabs.map(({ states }) => states)).toEqual([
      [true, false, true],
      [true, false, true],
    ]);
    expect(tabs[0]?.troubles).toBe(1);
  });

  it('does not mind a stream that is back at once', async () => {
    const tab = new Tab(browser);
    await settled();
    browser.open.event(beat('a-1'));
    browser.open.broken(true);
    browser.open.opened();
    await jest.advanceTimersByTimeAsync(30_000);
    expect(tab.states).toEqual([true]);
  });

  it('opens a refused stream again, later each time, with what it has', async () => {
    new Tab(browser);
    await settled();
    browser.open.event(beat('a-1'));
    browser.open.broken(false);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(browser.streams.map(({ since }) => since)).toEqual([undefined, 'a-1']);
    browser.open.broken(false);
    await jest.advanceTimersByTimeAsync(3_900);
    expect(browser.streams).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(200);
    expect(browser.streams).toHaveLength(3);
  });

  it('takes silence for a lost stream', async () => {
    const tab = new Tab(browser);
    await settled();
    for (let i = 1; i <= 4; i += 1) {
      browser.open.event(beat(`a-${i}`));
      await jest.advanceTimersByTimeAsync(BEAT_MS);
    }
    expect(tab.states).toEqual([true]);
    await jest.advanceTimersByTimeAsync(3 * BEAT_MS);
    expect(tab.states).toEqual([true, false]);
  });
});
