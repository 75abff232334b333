import { describe, expect, it } from '@jest/globals';
import { FailureCatalogue } from '../../operations/failures/failure-catalogue.js';
import type { MonitoringService } from '../../operations/monitoring.service.js';
import { OperationsFacade } from '../../operations/operations.facade.js';
import { InventorySyncRun } from '../runs/inventory-sync.run-type.js';
import { CoverageWords } from './coverage-words.js';
import type { PolicyDetailDto, SyncRunDto, TypeCoverageDto } from './inventory.dto.js';

describe('CoverageWords', () => {
  const failures = new FailureCatalogue();
  failures.add(InventorySyncRun.reasons ?? {});
  const words = new CoverageWords(new OperationsFacade({} as MonitoringService, failures));
  const explained = (coverage: TypeCoverageDto[]): TypeCoverageDto[] =>
    words.ofSyncRun({ id: '1', coverage } as SyncRunDto).coverage;

  it('says a common reason and the sync’s own in the catalogue’s words', () => {
    const forbidden = { type: 'a', state: 'forbidden', policies: 0, reasonCode: 'graph.forbidden' } as const;
    const partial = { type: 'b', state: 'partial', policies: 3, reasonCode: 'inventory.type_partial' } as const;
    expect(explained([forbidden, partial])).toEqual([
      { ...forbidden, reason: expect.stringMatching(/permission/) },
      { ...partial, reason: InventorySyncRun.reasons?.['inventory.type_partial'] },
    ]);
  });

  it('says nothing of what was read', () => {
    const read = { type: 'a', state: 'read', policies: 3, reasonCode: null } as const;
    expect(explained([read])).toEqual([read]);
  });

  it('has a sentence for a code that this version does not know, and keeps the code', () => {
    const odd = { type: 'a', state: 'failed', policies: 0, reasonCode: 'graph.from_another_version' } as const;
    expect(explained([odd])).toEqual([{ ...odd, reason: failures.failure(undefined).message }]);
  });

  it('explains the coverage of a policy’s type, and leaves a policy without one alone', () => {
    const coverage = { state: 'throttled', reasonCode: 'graph.throttled', syncRunId: '7', at: '' } as const;
    const policy = { id: '1', coverage } as PolicyDetailDto;
    expect(words.ofPolicy(policy)).toEqual({ id: '1', coverage: { ...coverage, reason: expect.any(String) } });
    expect(words.ofPolicy({ id: '1', coverage: null } as PolicyDetailDto)).toEqual({ id: '1', coverage: null });
  });
});
