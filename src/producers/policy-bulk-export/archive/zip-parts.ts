import { createHash } from 'node:crypto';
import { Zip, ZipDeflate } from 'fflate';

/** The earliest time that a zip can say, in local fields because that is what a zip holds: equal on every machine. */
const NO_TIME = new Date(1980, 0, 1, 12);
const COMPRESSION_LEVEL = 6;

/**
 * Makes a zip piece by piece: what is added comes out as parts of one size, so that no archive is ever held whole. Equal
 * entries in equal order give equal bytes.
 */
export class ZipParts {
  private readonly hash = createHash('sha256');
  private readonly zip = new Zip((error, data) => {
    if (error) throw error;
    this.pending.push(Buffer.from(data));
    this.pendingBytes += data.length;
  });
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private entries = 0;
  private taken = 0;

  /** `partBytes`: the size of every part but the last. */
  constructor(private readonly partBytes: number) {}

  /** Entries added so far. */
  get files(): number {
    return this.entries;
  }

  /** Compressed bytes so far. */
  get bytes(): number {
    return this.taken + this.pendingBytes;
  }

  /** Sha-256, in hex, over the parts taken; to be asked once, after the last one. */
  digest(): string {
    return this.hash.digest('hex');
  }

  add(path: string, text: string): void {
    const entry = new ZipDeflate(path, { level: COMPRESSION_LEVEL });
    entry.mtime = NO_TIME;
    this.zip.add(entry);
    entry.push(Buffer.from(text, 'utf8'), true);
    this.entries += 1;
  }

  /** The parts that are full; each is answered once. */
  *full(): Generator<Buffer> {
    while (this.pendingBytes >= this.partBytes) yield this.take(this.partBytes);
  }

  /** Closes the zip and answers what is left of it. */
  *rest(): Generator<Buffer> {
    this.zip.end();
    yield* this.full();
    if (this.pendingBytes > 0) yield this.take(this.pendingBytes);
  }

  private take(bytes: number): Buffer {
    const all = Buffer.concat(this.pending);
    const part = all.subarray(0, bytes);
    this.pending = all.length > bytes ? [all.subarray(bytes)] : [];
    this.pendingBytes = all.length - bytes;
    this.taken += bytes;
    this.hash.update(part);
    return part;
  }
}
