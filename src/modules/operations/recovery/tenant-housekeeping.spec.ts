import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DiscoveryService } from '@nestjs/core';
import { KeepsHouse } from '#libs/run-kit/src/housekeeping.js';
import type { Database } from '../../../platform/database/database.js';
import type { TenantScope } from '../../../platform/database/tenant-scope.js';
import { TenantHousekeeping } from './tenant-housekeeping.js';

const tidied: string[] = [];
const stop = { at: '', controller: new AbortController() };

async function tidies(house: string, { tenantId }: TenantScope): Promise<void> {
  tidied.push(`${house} ${tenantId}`);
  if (tidied.at(-1) === stop.at) stop.controller.abort();
}

@KeepsHouse()
class Broken {
  async tidy(scope: TenantScope): Promise<void> {
    await tidies('broken', scope);
    throw new Error('password=hunter2');
  }
}

@KeepsHouse()
class Sound {
  tidy(scope: TenantScope): Promise<void> {
    return tidies('sound', scope);
  }
}

class Stranger {
  tidy(scope: TenantScope): Promise<void> {
    return tidies('stranger', scope);
  }
}

describe('housekeeping', () => {
  const providers = [Broken, Stranger, Sound].map((metatype) => ({ metatype, instance: new metatype() }));
  const discovery = { getProviders: () => providers } as unknown as DiscoveryService;
  const database = { query: () => Promise.resolve([{ id: 'one' }, { id: 'two' }]) } as unknown as Database;
  const tidy = (): Promise<void> => new TenantHousekeeping(discovery, database).tidy(stop.controller.signal);

  beforeEach(() => {
    Logger.overrideLogger(false);
    tidied.length = 0;
    stop.at = '';
    stop.controller = new AbortController();
  });

  it('is seen to for every tenant, whatever fails', async () => {
    await tidy();
    expect(tidied).toEqual(['broken one', 'sound one', 'broken two', 'sound two']);
  });

  it('stops where it stands when the process does', async () => {
    stop.at = 'sound one';
    await tidy();
    expect(tidied).toEqual(['broken one', 'sound one']);
  });
});
