import { Injectable } from '@nestjs/common';
import { SealBroken, SecretBox } from '../../../platform/crypto/secret-box.js';
import { TenantDatabase } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import type { PlaceStep } from '../sync/reading-place.js';
import { notePurpose } from './sealed-notes.js';
import type { SyncAttempt } from './sync-run.repository.js';

/** Another attempt holds the sync run, or it is closed. */
export class ReadingTakenOver extends Error {
  readonly code = 'inventory.superseded';

  constructor() {
    super('The reading was taken over.');
    this.name = 'ReadingTakenOver';
  }
}

/**
 * Notes of how far a sync run has read, numbered from 1. They hold links of Graph, which may carry tokens, and are sealed.
 * A note says nothing without those before it, so that only those up to the first gap count.
 */
@Injectable()
export class ReadingNoteRepository {
  constructor(
    private readonly database: TenantDatabase,
    private readonly secrets: SecretBox,
  ) {}

  /**
   * The steps that earlier attempts noted, oldest first. What does not count any more is deleted: notes after a gap and
   * those of syncs before this one. Belongs into a transaction that holds the tenant's inventory lock, so that whoever
   * held the run before has written its last.
   * @throws ReadingTakenOver
   */
  async claim(scope: TenantScope, sync: SyncAttempt): Promise<{ notes: number; steps: PlaceStep[] }> {
    const held = await this.database.query(
      scope,
      `SELECT 1 FROM inventory_sync_runs WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND outcome IS NULL`,
      [sync.syncRunId, sync.attempt],
    );
    if (held.length === 0) throw new ReadingTakenOver();
    const rows = await this.database.query<{ number: number; sealed: Buffer }>(
      scope,
      `SELECT number, sealed FROM inventory_reading_notes WHERE tenant_id = $1 AND sync_run_id = $2 ORDER BY number`,
      [sync.syncRunId],
    );
    const steps: PlaceStep[] = [];
    let notes = 0;
    for (const { number, sealed } of rows) {
      const noted = number === notes + 1 ? this.opened(scope, sync.syncRunId, number, sealed) : undefined;
      if (!noted) break;
      notes = number;
      steps.push(...noted);
    }
    await this.database.query(
      scope,
      `DELETE FROM inventory_reading_notes
       WHERE tenant_id = $1 AND (sync_run_id < $2::bigint OR (sync_run_id = $2::bigint AND number > $3))`,
      [sync.syncRunId, notes],
    );
    return { notes, steps };
  }

  /** @throws ReadingTakenOver */
  async add(scope: TenantScope, sync: SyncAttempt, number: number, steps: readonly PlaceStep[]): Promise<void> {
    const { syncRunId, attempt } = sync;
    const sealed = this.secrets.seal(JSON.stringify(steps), notePurpose(scope.tenantId, syncRunId, number));
    const added = await this.database.query(
      scope,
      `INSERT INTO inventory_reading_notes (tenant_id, sync_run_id, number, sealed)
       SELECT $1, s.id, $4, $5 FROM inventory_sync_runs s
       WHERE s.tenant_id = $1 AND s.id = $2 AND s.attempt = $3 AND s.outcome IS NULL RETURNING number`,
      [syncRunId, attempt, number, sealed],
    );
    if (added.length === 0) throw new ReadingTakenOver();
  }

  /** Nothing is to be taken up any more. */
  async clear(scope: TenantScope, syncRunId: string): Promise<void> {
    await this.database.query(scope, `DELETE FROM inventory_reading_notes WHERE tenant_id = $1 AND sync_run_id = $2`, [
      syncRunId,
    ]);
  }

  private opened(scope: TenantScope, syncRunId: string, number: number, sealed: Buffer): PlaceStep[] | undefined {
    try {
      // Sealed bytes are our own: nobody else can have made them.
      return JSON.parse(this.secrets.open(sealed, notePurpose(scope.tenantId, syncRunId, number))) as PlaceStep[];
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }
}
