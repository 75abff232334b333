import { isIP } from 'node:net';
import { UnfitSurroundings } from '../errors/unfit-surroundings.js';

/** One or more settings are missing or wrong. The message names each, one sentence a line, and shows no value. */
export class SettingsError extends UnfitSurroundings {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads single settings and collects what is wrong with them, so that a person sees all of it at once. After a fault
 * the reader answers a stand-in value; {@link SettingsReader.throwFaults} must be called before any value is used.
 */
export class SettingsReader {
  private readonly faults: string[] = [];

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  throwFaults(): void {
    if (this.faults.length > 0) throw new SettingsError(this.faults);
  }

  text(name: string, fallback?: string): string {
    return this.raw(name) ?? fallback ?? this.missing(name, '');
  }

  oneOf<T extends string>(name: string, values: readonly [T, ...T[]], fallback: T): T {
    const text = this.raw(name);
    if (text === undefined) return fallback;
    return values.find((value) => value === text) ?? this.wrong(name, `must be one of ${values.join(', ')}`, fallback);
  }

  integer(name: string, range: { min: number; max: number }, fallback: number): number {
    const text = this.raw(name);
    if (text === undefined) return fallback;
    const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (number >= range.min && number <= range.max) return number;
    return this.wrong(name, `must be a whole number from ${range.min} to ${range.max}`, fallback);
  }

  flag(name: string, fallback: boolean): boolean {
    const text = this.raw(name);
    if (text === undefined) return fallback;
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    return this.wrong(name, 'must be true or false', fallback);
  }

  /** A secret of at least `length` characters; it has no default. */
  secret(name: string, length: number): string {
    const text = this.raw(name);
    if (text === undefined) return this.missing(name, '');
    return text.length >= length ? text : this.wrong(name, `must have at least ${length} characters`, '');
  }

  /** A key of exactly `bytes` bytes, in base64 or hexadecimal; it has no default. */
  key(name: string, bytes: number): Buffer {
    const text = this.raw(name);
    if (text === undefined) return this.missing(name, Buffer.alloc(0));
    const key = keyOf(text, bytes);
    return key ?? this.wrong(name, `must be ${bytes} bytes in base64 or hexadecimal`, Buffer.alloc(0));
  }

  /** Such keys, several separated by commas; none when it is not set. */
  keys(name: string, bytes: number): Buffer[] {
    const keys = partsOf(this.raw(name)).map((part) => keyOf(part, bytes));
    const good = keys.filter((key) => key !== undefined);
    if (good.length === keys.length) return good;
    return this.wrong(name, `must be keys of ${bytes} bytes in base64 or hexadecimal, separated by commas`, []);
  }

  /** Every setting whose name begins with `prefix`, as it stands; empty ones are left out. */
  startingWith(prefix: string): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.env).filter((entry): entry is [string, string] => {
        const [name, value] = entry;
        return name.startsWith(prefix) && name.length > prefix.length && value !== undefined && value.trim() !== '';
      }),
    );
  }

  guid(name: string): string {
    const text = this.raw(name);
    if (text === undefined) return this.missing(name, '');
    return GUID.test(text) ? text.toLowerCase() : this.wrong(name, 'must be a GUID', '');
  }

  url(name: string, schemes: readonly string[]): string {
    return this.optionalUrl(name, schemes) ?? (this.raw(name) === undefined ? this.missing(name, '') : '');
  }

  optionalUrl(name: string, schemes: readonly string[]): string | undefined {
    const text = this.raw(name);
    if (text === undefined) return undefined;
    if (hasScheme(text, schemes)) {
      return isDecodable(text)
        ? text
        : this.wrong(name, 'must have each % in its user, password and path written as %25', undefined);
    }
    return this.wrong(name, `must be a URL that begins with ${schemes.map((s) => `${s}://`).join(' or ')}`, undefined);
  }

  /** `scheme://host[:port]`, nothing after it; a trailing slash is dropped. */
  origin(name: string, schemes: readonly string[], fallback?: string): string {
    const text = this.raw(name) ?? fallback;
    if (text === undefined) return this.missing(name, '');
    if (hasScheme(text, schemes)) {
      const url = new URL(text);
      if (url.href === `${url.origin}/`) return url.origin;
    }
    return this.wrong(name, `must be ${schemes.map((s) => `${s}://`).join(' or ')} and a host, without a path`, '');
  }

  /** `address/prefix`, several separated by commas; none when it is not set. */
  networks(name: string): string[] {
    const networks = partsOf(this.raw(name));
    if (networks.every(isNetwork)) return networks;
    return this.wrong(name, 'must be networks as address/prefix, separated by commas', []);
  }

  private raw(name: string): string | undefined {
    const text = this.env[name]?.trim();
    return text === '' ? undefined : text;
  }

  private missing<T>(name: string, standIn: T): T {
    this.faults.push(`${name} is missing.`);
    return standIn;
  }

  private wrong<T>(name: string, sentence: string, standIn: T): T {
    this.faults.push(`${name} ${sentence}.`);
    return standIn;
  }
}

function partsOf(text = ''): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function keyOf(text: string, bytes: number): Buffer | undefined {
  const hex = new RegExp(`^[0-9a-f]{${bytes * 2}}$`, 'i').test(text);
  const key = Buffer.from(text, hex ? 'hex' : 'base64');
  return key.length === bytes ? key : undefined;
}

function hasScheme(text: string, schemes: readonly string[]): boolean {
  return URL.canParse(text) && schemes.includes(new URL(text).protocol.slice(0, -1));
}

/** Whoever opens a connection decodes these, and fails without naming the setting. */
function isDecodable(text: string): boolean {
  const { username, password, pathname } = new URL(text);
  try {
    [username, password, pathname].forEach(decodeURIComponent);
    return true;
  } catch {
    return false;
  }
}

function isNetwork(text: string): boolean {
  const [, address = '', prefix] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(prefix) <= (family === 4 ? 32 : 128);
}
