import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { PlatformModule } from '../../../src/contexts/platform.module.js';
import { SETTINGS } from '../../../src/platform/config/settings.js';
import { ProducersModule } from '../../../src/producers/producers.module.js';
import { testSettings } from '../../support/settings.js';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js';

// Real here: PostgreSQL, discovery from a folder, a whole Nest context that starts or does not.

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures');

describe('a process with an unsound producer', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.close());

  async function boot(folder: string): Promise<void> {
    const testing = await Test.createTestingModule({
      imports: [PlatformModule, ProducersModule.discover(path.join(FIXTURES, folder))],
    })
      .overrideProvider(SETTINGS)
      .useValue(testSettings(db.url))
      .compile();
    testing.useLogger(false);
    try {
      await testing.init();
    } finally {
      await testing.close();
    }
  }

  const UNSOUND: [fixture: string, message: RegExp][] = [
    ['no-module', /^Producer "empty": its folder holds no <name>\.producer\.ts/],
    ['two-modules', /^Producer "twin": its folder holds more than one <name>\.producer\.ts/],
    ['two-http-modules', /^Producer "split": its folder holds more than one <name>\.http\.module\.ts/],
    ['no-default-export', /^Producer "nameless": nameless\.producer\.ts has no default export that is a Nest module/],
    ['no-nest-module', /^Producer "plain": plain\.producer\.ts has no default export that is a Nest module/],
    ['fails-to-load', /^Producer "torn": torn\.producer\.ts could not be loaded: Run type "Torn\.Work": a kind is/],
    ['unhandled', /Run type "lazy\.nap" of lazy\/nap\.run-type\.ts has no handler/],
    ['handles-nothing', /VagueProcessor handles what is no run type/],
    ['doubled-handler', /Run type "twice\.work" has two handlers: FirstProcessor and SecondProcessor/],
    ['provided-twice', /Run type "shared\.work" has two handlers: SharedProcessor stands in two modules/],
    [
      'doubled-kind',
      /The kind "copy\.work" is claimed by two run types: by the one that AlphaProcessor handles and by the one that BetaProcessor handles/,
    ],
    [
      'doubled-former-kind',
      /The kind "old\.work" is claimed by two run types: .*OldProcessor.* as a former kind of "young\.work" \(YoungProcessor\)/,
    ],
    ['invalid-reason', /Run type "shouting\.work" \(ShoutingProcessor\): .*Too Loud/],
    ['reserved-queue', /Run type "ringing\.work" \(RingingProcessor\): the queue "bells" is that of the schedules/],
    ['unvalidated-payload', /Run type "blind\.work" \(BlindProcessor\): nothing of its payload class BlindPayload is/],
  ];

  it.each(UNSOUND)('does not start, and names the culprit: %s', async (fixture, message) => {
    await expect(boot(path.join('broken-producers', fixture))).rejects.toThrow(message);
  });

  it('names every fault at once, and nobody who is sound', async () => {
    const refusal = await boot(path.join('broken-producers', 'unvalidated-payload')).catch((error: Error) => error);
    const faults = (refusal as Error).message.split('\n');
    expect(faults).toEqual([
      'The run types are not sound.',
      expect.stringContaining('payload class BlindPayload'),
      expect.stringContaining('payload class BlindPart'),
    ]);
  });

  it('starts once the producers are sound', async () => {
    await boot('producers');
  });
});
