import { Injectable, type OnModuleInit } from '@nestjs/common';
import { isId } from '../../../platform/http/parse-id.js';
import {
  LiveTopics,
  MOST_EVENTS,
  type LiveTopic,
  type TopicAnswer,
  type TopicQuestion,
} from '../../../platform/live/live-topics.js';
import { RunRegistry } from '../registry/run-registry.js';
import { viewOf } from '../run-view.js';
import { RUN_CHANGED_CHANNEL } from './run-changes.js';
import { RunFeedRepository } from './run-feed.repository.js';

/** A tenant's runs, each as the detail endpoint shows it, for every member. */
@Injectable()
export class RunTopic implements LiveTopic, OnModuleInit {
  readonly name = 'run';
  readonly channel = RUN_CHANGED_CHANNEL;

  constructor(
    private readonly topics: LiveTopics,
    private readonly feed: RunFeedRepository,
    private readonly registry: RunRegistry,
  ) {}

  onModuleInit(): void {
    this.topics.add(this);
  }

  concerns(word: string): boolean {
    return isId(word);
  }

  async read({ scope, since, words, present }: TopicQuestion): Promise<TopicAnswer> {
    const { rows, complete, snapshot } = await this.feed.read(scope, since, words, present, MOST_EVENTS);
    if (!complete) return { events: undefined, snapshot };
    return {
      events: rows.map((row) => ({ key: row.id, data: JSON.stringify(viewOf(row, this.registry)) })),
      snapshot,
    };
  }
}
