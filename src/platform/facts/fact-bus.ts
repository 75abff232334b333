import { Injectable } from '@nestjs/common';

/** A kind of fact, named in the past tense, with the shape of what it tells. */
export interface FactType<T> {
  readonly name: string;
  /** Never set; carries the fact's shape for the compiler. */
  readonly shape?: T;
}

export function factType<T>(name: string): FactType<T> {
  return Object.freeze({ name });
}

type Listener = (fact: unknown) => Promise<void>;

/**
 * Lets a module tell what happened without knowing who listens. Listeners run inside the publisher's transaction, so
 * that what they write commits with the fact or not at all.
 */
@Injectable()
export class FactBus {
  private readonly listeners = new Map<string, Listener[]>();

  subscribe<T>(type: FactType<T>, listener: (fact: T) => Promise<void>): void {
    this.listeners.set(type.name, [...(this.listeners.get(type.name) ?? []), listener as Listener]);
  }

  async publish<T>(type: FactType<T>, fact: T): Promise<void> {
    for (const listener of this.listeners.get(type.name) ?? []) await listener(fact);
  }
}
