import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { LRUCache } from 'lru-cache';
import type { Json, Lent, RunType } from '#libs/run-kit/src/run-type.js';
import { InvalidPayload } from '../operations.errors.js';

/** A click comes again within seconds or not at all, and with little in it. */
const KEPT = { payloads: 1_000, longestText: 1_000 };

export interface ValidPayload<P extends object> {
  /** As the run keeps it. */
  plain: Readonly<Record<string, Json>>;
  /** As its type reads it. Whoever starts the same again is given the same object, so it is frozen. */
  parsed: Lent<P>;
}

/** Reads payloads as their types' classes. One that came a moment ago is known to be valid: its rules see it alone. */
export class ValidPayloads {
  private readonly known = new LRUCache<string, object>({ max: KEPT.payloads });

  /** @throws InvalidPayload with the fields, when the payload does not fit the type */
  read<P extends object>(type: RunType<P>, payload: P): ValidPayload<P> {
    const text = JSON.stringify(payload);
    const plain = JSON.parse(text) as Record<string, Json>;
    const key = `${type.kind} ${text}`;
    const known = this.known.get(key) as Lent<P> | undefined;
    if (known !== undefined) return { plain, parsed: known };
    const parsed = frozen(parse(type, plain));
    if (text.length <= KEPT.longestText) this.known.set(key, parsed);
    return { plain, parsed };
  }
}

function parse<P extends object>(type: RunType<P>, plain: Record<string, Json>): P {
  const parsed = plainToInstance(type.payload, plain);
  const faults = validateSync(parsed, { whitelist: true, forbidNonWhitelisted: true });
  if (faults.length > 0) throw new InvalidPayload(faults.map((fault) => fault.property));
  return parsed;
}

function frozen<T extends object>(value: T): Lent<T> {
  for (const member of Object.values(value) as unknown[]) {
    if (typeof member === 'object' && member !== null && !Object.isFrozen(member)) frozen(member);
  }
  return Object.freeze(value) as Lent<T>;
}
