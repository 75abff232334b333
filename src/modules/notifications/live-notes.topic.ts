import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  LiveTopics,
  MOST_EVENTS,
  type LiveTopic,
  type TopicAnswer,
  type TopicQuestion,
} from '../../platform/live/live-topics.js';
import { LiveNotesRepository } from './live-notes.repository.js';
import { NOTE_CHANGED_CHANNEL } from './live-notes.signals.js';
import { viewOf } from './notifications.service.js';

/** Notes as the list shows them, each for its owner alone. */
@Injectable()
export class LiveNotesTopic implements LiveTopic, OnModuleInit {
  readonly name = 'notification';
  readonly channel = NOTE_CHANGED_CHANNEL;

  constructor(
    private readonly topics: LiveTopics,
    private readonly notes: LiveNotesRepository,
  ) {}

  onModuleInit(): void {
    this.topics.add(this);
  }

  /** Words are user ids. */
  concerns(word: string, userIds: ReadonlySet<string>): boolean {
    return userIds.has(word);
  }

  async read({ scope, userIds, since }: TopicQuestion): Promise<TopicAnswer> {
    const { rows, complete, snapshot } = await this.notes.read(scope, userIds, since, MOST_EVENTS);
    if (!complete) return { events: undefined, snapshot };
    return {
      events: rows.map((row) => ({ key: row.id, data: JSON.stringify(viewOf(row)), userId: row.user_id })),
      snapshot,
    };
  }
}
