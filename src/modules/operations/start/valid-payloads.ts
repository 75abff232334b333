import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { LRUCache } from 'lru-cache';
import type { Json, Lent, RunType } from '#libs/run-kit/src/run-type.js';
import { runIdentityHash } from '../identity/run-identity.js';
import { InvalidPayload } from '../operations.errors.js';
import { frozen } from './frozen.js';

/** A click comes again within seconds or not at all, and with little in it. */
const KEPT = { payloads: 1_000, longestText: 1_000 };

export interface ValidPayload<P extends object> {
  /** As the run keeps it. */
  plain: Readonly<Record<string, Json>>;
  /** As its type reads it. */
  parsed: Lent<P>;
  /** Of the run that it starts; see {@link runIdentityHash}. */
  identity: string;
}

/**
 * Reads payloads as their types' classes. One that came a moment ago is known to be valid: its rules see it alone, and
 * whoever starts the same again is given the same objects, so they are frozen.
 */
export class ValidPayloads {
  private readonly known = new LRUCache<string, object>({ max: KEPT.payloads });

  /** @throws InvalidPayload with the fields, when the payload does not fit the type */
  read<P extends object>(type: RunType<P>, payload: P): ValidPayload<P> {
    const text = JSON.stringify(payload);
    const key = `${type.kind} ${text}`;
    const known = this.known.get(key) as ValidPayload<P> | undefined;
    if (known !== undefined) return known;
    const plain = JSON.parse(text) as Record<string, Json>;
    const parsed = frozen(parse(type, plain)) as Lent<P>;
    const identity = runIdentityHash(type.kind, type.identity(parsed));
    const valid = { plain: frozen(plain), parsed, identity };
    if (text.length <= KEPT.longestText) this.known.set(key, valid);
    return valid;
  }
}

function parse<P extends object>(type: RunType<P>, plain: Record<string, Json>): P {
  const parsed = plainToInstance(type.payload, plain);
  const faults = validateSync(parsed, { whitelist: true, forbidNonWhitelisted: true });
  if (faults.length > 0) throw new InvalidPayload(faults.map((fault) => fault.property));
  return parsed;
}
