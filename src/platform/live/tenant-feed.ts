import type { TenantScope } from '../database/tenant-scope.js';
import type { StreamFrame } from '../http/event-stream.js';
import { beatFrame, eventFrame, leadingTo, resetFrame, SILENT_BEAT } from './live-frames.js';
import { MOST_EVENTS, type LiveTopic, type TopicAnswer } from './live-topics.js';
import { positionIn, type StreamStart } from './stream-position.js';

/** Somebody who follows. */
export interface FeedMember {
  readonly userId: string;
  /** @param instead for a member who cannot take the frames */
  deliver(frames: readonly StreamFrame[], instead: StreamFrame): void;
}

/** Runs a read of the database, now or when others have ended. */
export type ReadTurn = (read: () => Promise<TopicAnswer>) => Promise<TopicAnswer>;

interface Coming {
  member: FeedMember;
  start: StreamStart;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** How far one topic was read. */
interface Track {
  topic: LiveTopic;
  since: string | undefined;
  words: Set<string>;
  due: boolean;
}

const RETRY_MS = 1_000;

/**
 * What one tenant's members of this process are told. Reads follow each other: what is signalled during one is read
 * together by the next, for all members at once, and no member gets an older state after a newer one.
 */
export class TenantFeed {
  private readonly members = new Map<FeedMember, 'coming' | 'here'>();
  private readonly tracks: Track[];
  private readonly beat: NodeJS.Timeout;
  private coming: Coming[] = [];
  private working = false;
  private beatDue = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly scope: TenantScope,
    topics: readonly LiveTopic[],
    private readonly turn: ReadTurn,
    beatMs: number,
  ) {
    this.tracks = topics.map((topic) => ({ topic, since: undefined, words: new Set(), due: false }));
    this.beat = setInterval(() => {
      this.beatDue = true;
      this.look();
    }, beatMs);
  }

  get isEmpty(): boolean {
    return this.members.size === 0;
  }

  /**
   * Delivers what the member missed and what is under way, and everything from then on.
   * Rejects when the database cannot be read; the member is then not there.
   */
  async join(member: FeedMember, start: StreamStart): Promise<void> {
    this.members.set(member, 'coming');
    try {
      await new Promise<void>((resolve, reject) => {
        this.coming.push({ member, start, resolve, reject });
        this.wake();
      });
    } catch (error) {
      this.leave(member);
      throw error;
    }
  }

  leave(member: FeedMember): void {
    this.members.delete(member);
  }

  /** A message on the topic's channel named this. */
  changed(topic: LiveTopic, word: string): void {
    const track = this.tracks.find((one) => one.topic === topic);
    // One more than is told at once is as good as any number.
    if (!track || track.words.size > MOST_EVENTS || !topic.concerns(word, new Set(this.userIds()))) return;
    track.words.add(word);
    this.wake();
  }

  /** Messages may have been missed. */
  look(): void {
    for (const track of this.tracks) track.due = true;
    this.wake();
  }

  close(): void {
    clearInterval(this.beat);
    clearTimeout(this.retry);
  }

  private wake(): void {
    if (this.working) return;
    this.working = true;
    void this.work();
  }

  private async work(): Promise<void> {
    for (;;) {
      const coming = this.coming.splice(0);
      const due = this.isEmpty ? [] : this.tracks.filter(isDue);
      if (coming.length === 0 && due.length === 0) break;
      for (const group of bySince(coming)) await this.admit(group);
      if (!(await this.followAll(due))) break;
    }
    this.working = false;
  }

  /** Those who come at once from the same position share their reads. */
  private async admit(group: readonly Coming[]): Promise<void> {
    try {
      const since = group[0]?.start.since;
      const userIds = [...new Set(group.map(({ member }) => member.userId))];
      const told: FramesFor[] = [];
      const snapshots: string[] = [];
      for (const track of this.tracks) {
        const question = { scope: this.scope, userIds, since, words: [], present: true };
        const answer = await this.turn(() => track.topic.read(question));
        // Later reads go on from the first: whoever comes later is told a little twice rather than too little.
        track.since ??= answer.snapshot;
        told.push(framesOf(track.topic, answer));
        snapshots.push(answer.snapshot);
      }
      const at = new Date();
      const id = positionIn(this.scope.tenantId, snapshots);
      for (const { member, start, resolve } of group) {
        if (this.members.has(member)) {
          this.members.set(member, 'here');
          const missed = told.flatMap((frames) => frames(member));
          const first = start.unusable ? [resetFrame('unknown_position')] : [];
          deliver(member, [...first, ...missed, beatFrame(at)], id);
        }
        resolve();
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  /** False when the database could not be read: what is due stays due, and is tried again soon. */
  private async followAll(due: readonly Track[]): Promise<boolean> {
    const at = new Date();
    try {
      for (const track of due) await this.follow(track);
    } catch {
      if (this.beatDue) {
        this.beatDue = false;
        for (const member of this.here()) member.deliver([SILENT_BEAT], resetFrame('too_slow'));
      }
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.wake(), RETRY_MS);
      return false;
    }
    if (this.beatDue) {
      this.beatDue = false;
      const position = this.position();
      for (const member of this.here()) deliver(member, [beatFrame(at)], position);
    }
    return true;
  }

  private async follow(track: Track): Promise<void> {
    const { topic, since } = track;
    const words = [...track.words];
    track.words.clear();
    track.due = false;
    try {
      const question = { scope: this.scope, userIds: [...new Set(this.userIds())], since, words, present: false };
      const answer = await this.turn(() => topic.read(question));
      track.since = answer.snapshot;
      const frames = framesOf(topic, answer);
      const position = this.position();
      for (const member of this.here()) deliver(member, frames(member), position);
    } catch (error) {
      for (const word of words) track.words.add(word);
      track.due = true;
      throw error;
    }
  }

  private position(): string {
    return positionIn(
      this.scope.tenantId,
      this.tracks.flatMap(({ since }) => since ?? []),
    );
  }

  private here(): FeedMember[] {
    return [...this.members].flatMap(([member, state]) => (state === 'here' ? [member] : []));
  }

  private userIds(): string[] {
    return [...this.members.keys()].map(({ userId }) => userId);
  }
}

/** What of an answer one member is told. */
type FramesFor = (member: FeedMember) => StreamFrame[];

function framesOf(topic: LiveTopic, { events }: TopicAnswer): FramesFor {
  if (events === undefined) return () => [resetFrame('too_much')];
  // Rendered once for all who get it.
  const rendered = events.map((event) => ({ userId: event.userId, frame: eventFrame(topic.name, event) }));
  return (member) =>
    rendered.filter(({ userId }) => userId === undefined || userId === member.userId).map(({ frame }) => frame);
}

function deliver(member: FeedMember, frames: readonly StreamFrame[], position: string): void {
  if (frames.length === 0) return;
  const [instead] = leadingTo(position, [resetFrame('too_slow')]);
  if (instead) member.deliver(leadingTo(position, frames), instead);
}

function isDue({ since, due, words }: Track): boolean {
  return since !== undefined && (due || words.size > 0);
}

function bySince(coming: readonly Coming[]): Coming[][] {
  const groups = new Map<string | undefined, Coming[]>();
  for (const one of coming) groups.set(one.start.since, [...(groups.get(one.start.since) ?? []), one]);
  return [...groups.values()];
}
