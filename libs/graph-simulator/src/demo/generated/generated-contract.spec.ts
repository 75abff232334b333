import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { GraphContract } from '../../../testing/graph-contract.js';
import { collectionOf } from '../../graph/collections.js';
import { without, type GraphBody } from '../../store/graph-body.js';
import { generatedContent } from './generated-tenants.js';
import { TENANT_SIZES } from './tenant-sizes.js';

const CONTRACT = path.resolve(import.meta.dirname, '../../../../../../shared/graph/openapi-subset.json');

describe('generated objects against the Graph description', () => {
  if (!existsSync(CONTRACT)) {
    it.skip('are not checked: the description ../shared/graph/openapi-subset.json is not there', () => undefined);
    return;
  }

  let contract: GraphContract;

  beforeAll(async () => {
    contract = new GraphContract(JSON.parse(await readFile(CONTRACT, 'utf8')) as object);
  }, 60_000);

  it.each(TENANT_SIZES)(
    'fit in the %s tenant, and so do its groups',
    (size) => {
      const { objects, groups } = generatedContent(size);
      const faults = objects.flatMap(({ collection, object, children }) => {
        const { entityType, navigation } = collectionOf(collection);
        // Held as ids, and served as the objects that they name, which are checked themselves.
        const named = navigation.filter(({ derived }) => derived === true).map(({ name }) => name);
        return contract
          .faults(entityType, { ...object, ...without(children as GraphBody, named) })
          .map((fault) => `${collection} ${object.id}: ${fault}`);
      });
      for (const group of groups) faults.push(...contract.faults('microsoft.graph.group', group));
      expect(faults.slice(0, 20)).toEqual([]);
    },
    60_000,
  );
});
