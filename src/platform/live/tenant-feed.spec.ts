import { afterEach, describe, expect, it } from '@jest/globals';
import { grantTenantScope } from '../database/tenant-scope.js';
import type { LiveTopic, TopicAnswer, TopicQuestion } from './live-topics.js';
import { startFrom } from './stream-position.js';
import { TenantFeed, type FeedMember } from './tenant-feed.js';

const SCOPE = grantTenantScope('c0ffee00-0000-4000-8000-000000000001');
const NEVER_MS = 3_600_000;

/** A topic whose reads the test answers one by one. */
class ScriptedTopic implements LiveTopic {
  readonly name = 'thing';
  readonly channel = 'things';
  readonly asked: (TopicQuestion & { answer: (answer: TopicAnswer) => void; fail: () => void })[] = [];
  private readonly waiting: (() => void)[] = [];

  concerns(word: string): boolean {
    return word !== 'noise';
  }

  read(question: TopicQuestion): Promise<TopicAnswer> {
    return new Promise((resolve, reject) => {
      this.asked.push({ ...question, answer: resolve, fail: () => reject(new Error('The database is away.')) });
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  /** The read of that number, once it is there. */
  async question(at: number): Promise<(typeof this.asked)[number]> {
    for (;;) {
      const found = this.asked[at];
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}

class Witness implements FeedMember {
  readonly got: string[] = [];
  /** The position that each frame names, if any. */
  readonly positions: (string | undefined)[] = [];

  constructor(readonly userId: string) {}

  deliver: FeedMember['deliver'] = (frames) => {
    for (const { text } of frames) {
      this.positions.push(/^id: (.*)$/m.exec(text)?.[1]);
      const [, name, data] = /event: (\w+)\n[^]*?data: ([^\n]*)\n/.exec(text) ?? [];
      this.got.push(name === undefined ? 'silence' : name === 'beat' ? name : `${name} ${data}`);
    }
  };
}

const answerOf = (xmin: number, ...data: string[]): TopicAnswer => ({
  events: data.map((one) => ({ key: one, data: one })),
  snapshot: `${xmin}:${xmin}:`,
});
/** Whatever was to happen without another answer has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a tenant’s feed', () => {
  const feeds: TenantFeed[] = [];
  afterEach(() => {
    for (const feed of feeds.splice(0)) feed.close();
  });

  const feedOf = (topic: LiveTopic, beatMs = NEVER_MS): TenantFeed => {
    const feed = new TenantFeed(SCOPE, [topic], (read) => read(), beatMs);
    feeds.push(feed);
    return feed;
  };
  const joined = async (topic: ScriptedTopic, feed: TenantFeed, userId = 'ada'): Promise<Witness> => {
    const witness = new Witness(userId);
    const joining = feed.join(witness, startFrom(SCOPE.tenantId, undefined));
    (await topic.question(topic.asked.length - 1)).answer(answerOf(10));
    await joining;
    witness.got.length = 0;
    witness.positions.length = 0;
    return witness;
  };

  it('reads together what is signalled while it reads, each thing once', async () => {
    const topic = new ScriptedTopic();
    const feed = feedOf(topic);
    const witness = await joined(topic, feed);
    feed.changed(topic, 'a');
    for (const word of ['b', 'c', 'b', 'noise']) feed.changed(topic, word);
    expect((await topic.question(1)).words).toEqual(['a']);
    topic.asked[1]?.answer(answerOf(11, 'a'));
    expect(await topic.question(2)).toMatchObject({ words: ['b', 'c'], since: '11:11:', present: false });
    topic.asked[2]?.answer(answerOf(12, 'b', 'c'));
    await settled();
    expect(witness.got).toEqual(['thing a', 'thing b', 'thing c']);
    expect(topic.asked).toHaveLength(3);
  });

  it('names a position with the last frame that leads to it, so that who is cut off before comes back for all', async () => {
    const topic = new ScriptedTopic();
    const feed = feedOf(topic);
    const coming = new Witness('ada');
    const joining = feed.join(coming, startFrom(SCOPE.tenantId, 'x'));
    (await topic.question(0)).answer(answerOf(10, 'a', 'b'));
    await joining;
    feed.changed(topic, 'c');
    (await topic.question(1)).answer(answerOf(11, 'c', 'd', 'e'));
    await settled();
    expect(coming.got).toEqual([
      'reset {"reason":"unknown_position"}',
      ...['thing a', 'thing b', 'beat', 'thing c', 'thing d', 'thing e'],
    ]);
    const none = undefined;
    expect(coming.positions).toEqual([none, none, none, 'c0ffee00-10', none, none, 'c0ffee00-11']);
  });

  it('lets those who come from one position share a read, and tells them nothing before they have caught up', async () => {
    const topic = new ScriptedTopic();
    const feed = feedOf(topic);
    const first = await joined(topic, feed);
    feed.changed(topic, 'a'); // under way while the others come
    const [one, two, three] = [new Witness('ada'), new Witness('bob'), new Witness('bob')];
    const position = startFrom(SCOPE.tenantId, 'c0ffee00-5');
    const joining = [
      feed.join(one, position),
      feed.join(two, position),
      feed.join(three, startFrom(SCOPE.tenantId, 'x')),
    ];
    (await topic.question(1)).answer(answerOf(11, 'a'));
    expect(await topic.question(2)).toMatchObject({ since: '5:5:', present: true, userIds: ['ada', 'bob'] });
    feed.changed(topic, 'b');
    topic.asked[2]?.answer(answerOf(12, 'missed'));
    (await topic.question(3)).answer(answerOf(13, 'present'));
    await Promise.all(joining);
    (await topic.question(4)).answer(answerOf(14, 'b'));
    await settled();
    expect(topic.asked[4]).toMatchObject({ since: '11:11:', words: ['b'] });
    expect(first.got).toEqual(['thing a', 'thing b']);
    expect(one.got).toEqual(['thing missed', 'beat', 'thing b']);
    expect(two.got).toEqual(one.got);
    expect(three.got).toEqual(['reset {"reason":"unknown_position"}', 'thing present', 'beat', 'thing b']);
  });

  it('tells owners theirs alone, and everybody to read anew when it is too much', async () => {
    const topic = new ScriptedTopic();
    const feed = feedOf(topic);
    const ada = await joined(topic, feed, 'ada');
    const bob = await joined(topic, feed, 'bob');
    feed.changed(topic, 'a');
    (await topic.question(2)).answer({ ...answerOf(11), events: [{ key: '1', data: 'hers', userId: 'ada' }] });
    await settled();
    feed.changed(topic, 'a');
    (await topic.question(3)).answer({ events: undefined, snapshot: '12:12:' });
    await settled();
    expect(ada.got).toEqual(['thing hers', 'reset {"reason":"too_much"}']);
    expect(bob.got).toEqual(['reset {"reason":"too_much"}']);
  });

  it('asks again for what it could not read, and says nothing of a time that it does not know', async () => {
    const topic = new ScriptedTopic();
    const feed = feedOf(topic, 20);
    const witness = await joined(topic, feed);
    (await topic.question(1)).fail();
    await settled();
    expect(witness.got).toEqual(['silence']);
    feed.changed(topic, 'b');
    const again = await topic.question(2);
    expect(again).toMatchObject({ since: '10:10:', words: ['b'] });
    feed.close();
    again.answer(answerOf(11, 'b'));
    await settled();
    expect(witness.got[1]).toBe('thing b');
  });

  it('does not keep who could not be let in, nor tell who left while it read', async () => {
    const topic = new ScriptedTopic();
    const feed = feedOf(topic);
    const [refused, leaver] = [new Witness('ada'), new Witness('bob')];
    const joining = feed.join(refused, startFrom(SCOPE.tenantId, undefined));
    const refusal = expect(joining).rejects.toThrow('The database is away.');
    (await topic.question(0)).fail();
    await refusal;
    expect(feed.isEmpty).toBe(true);
    const coming = feed.join(leaver, startFrom(SCOPE.tenantId, undefined));
    const question = await topic.question(1);
    feed.leave(leaver);
    question.answer(answerOf(11, 'a'));
    await coming;
    feed.changed(topic, 'b');
    await settled();
    expect([leaver.got, feed.isEmpty, topic.asked.length]).toEqual([[], true, 2]);
  });
});
