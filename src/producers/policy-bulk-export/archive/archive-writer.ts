import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { PART_BYTES, type PolicyExportRepository, type PolicyExportRow } from '../data/policy-export.repository.js';
import { ZipParts } from './zip-parts.js';

/** Bounds of one archive: compressed bytes, and entries, of which a zip without extensions holds 65,535. */
export const MOST_BYTES = 100 * 1024 * 1024;
export const MOST_FILES = 20_000;

/** More was written than one archive may hold. Its `code` is a reason of the run type. */
export class ArchiveTooLarge extends Error {
  readonly code = 'policy_export.too_large';

  constructor() {
    super('The archive is larger than it may be.');
  }
}

/** Writes one archive to the database while it is made, and asks for the run's lease before each write. */
export class ArchiveWriter {
  private readonly zip = new ZipParts(PART_BYTES);
  private parts = 0;

  private constructor(
    private readonly exports: PolicyExportRepository,
    private readonly scope: TenantScope,
    private readonly id: string,
    private readonly checkLease: () => Promise<void>,
  ) {}

  /** Begins the archive of a run; one that an earlier attempt began is dropped. */
  static async open(
    exports: PolicyExportRepository,
    scope: TenantScope,
    runId: string,
    checkLease: () => Promise<void>,
  ): Promise<ArchiveWriter> {
    await checkLease();
    return new ArchiveWriter(exports, scope, await exports.open(scope, runId), checkLease);
  }

  /** @throws ArchiveTooLarge */
  async add(path: string, text: string): Promise<void> {
    this.zip.add(path, text);
    if (this.zip.bytes > MOST_BYTES || this.zip.files > MOST_FILES) throw new ArchiveTooLarge();
    await this.store(this.zip.full());
  }

  /** Stores what is left and opens the archive for fetching. */
  async finish(): Promise<PolicyExportRow> {
    await this.store(this.zip.rest());
    await this.checkLease();
    const { files, bytes } = this.zip;
    const whole = { files, bytes, parts: this.parts, sha256: this.zip.digest() };
    const finished = await this.exports.finish(this.scope, this.id, whole);
    if (!finished) throw new Error('The archive was dropped while it was written.');
    return finished;
  }

  /** Drops what was written; an archive that is not finished can never be fetched, so a failure here hurts nobody. */
  async drop(): Promise<void> {
    await this.exports.drop(this.scope, this.id).catch(() => undefined);
  }

  private async store(parts: Iterable<Buffer>): Promise<void> {
    for (const part of parts) {
      await this.checkLease();
      await this.exports.append(this.scope, this.id, this.parts, part);
      this.parts += 1;
    }
  }
}
