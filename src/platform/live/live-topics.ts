import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../database/tenant-scope.js';

/** What a topic is asked; each answer is one read of the database, however many members it is for. */
export interface TopicQuestion {
  scope: TenantScope;
  /** The members it is for. A topic whose events have owners answers theirs alone. */
  userIds: readonly string[];
  /** A `pg_snapshot`: everything that became visible after it is asked for. Undefined: nothing of the past. */
  since: string | undefined;
  /** What messages on the channel named, without the tenant: to be answered as it is, changed or not. */
  words: readonly string[];
  /** Whether what is under way is asked for as well, because somebody begins to follow. */
  present: boolean;
}

export interface LiveEvent {
  /** What it is about; a newer event with the same key makes it superfluous. */
  key: string;
  /** The whole present state as JSON in one line, so that an event which comes twice does no harm. */
  data: string;
  /** The only member it is for; everybody's when left out. */
  userId?: string;
}

export interface TopicAnswer {
  /** Undefined when it is too much, or `since` is not of this database's past: whoever follows has to read anew. */
  events: readonly LiveEvent[] | undefined;
  /** The `pg_snapshot` that the events were read in. */
  snapshot: string;
}

/** Something of a tenant that its members can follow. */
export interface LiveTopic {
  /** The event's name on a stream. */
  readonly name: string;
  /** Its messages are words, each a tenant's id and, after a space, what changed there. */
  readonly channel: string;
  /** Whether that word (without the tenant) is a reason to read for these members. */
  concerns(word: string, userIds: ReadonlySet<string>): boolean;
  read(question: TopicQuestion): Promise<TopicAnswer>;
}

/** A topic answers at most this many events; more are cheaper to read anew, page by page. */
export const MOST_EVENTS = 200;

/** Where modules register what can be followed, without knowing who follows or how. */
@Injectable()
export class LiveTopics {
  private readonly topics: LiveTopic[] = [];

  /** Call it while the module starts. */
  add(topic: LiveTopic): void {
    if (this.topics.some(({ name }) => name === topic.name))
      throw new Error(`The live topic ${topic.name} is there twice.`);
    this.topics.push(topic);
  }

  all(): readonly LiveTopic[] {
    return this.topics;
  }
}
