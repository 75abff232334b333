import { describe, expect, it } from '@jest/globals';
import type { Database } from '../../../platform/database/database.js';
import { RunClaimsRepository } from './run-claims.repository.js';

const LANES = [{ kind: 'probe', limitPerTenant: 4 }];

/** A database that answers one look after the other; an error is what a look fails with. */
function looks(...answers: (readonly { id: string | null; saw: boolean }[] | Error)[]): RunClaimsRepository {
  const query = (): Promise<unknown> => {
    const answer = answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return new RunClaimsRepository({ query } as unknown as Database);
}

describe('RunClaimsRepository', () => {
  const away = new Error('away');

  it('answers what it has taken already when a further look fails', async () => {
    const claims = looks([{ id: '7', saw: true }], away);
    await expect(claims.claim(LANES, ['7', '8'], 60)).resolves.toEqual([{ id: '7' }]);
  });

  it('fails when nothing was taken', async () => {
    await expect(looks(away).claim(LANES, ['7'], 60)).rejects.toBe(away);
  });
});
