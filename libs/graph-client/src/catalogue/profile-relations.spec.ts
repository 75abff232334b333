import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PROFILE_RELATIONS } from './profile-relations.js';

const DESCRIPTION = path.resolve(import.meta.dirname, '../../../../../shared/graph/openapi-subset.json');
const PROFILE = 'microsoft.graph.deviceConfiguration';

interface Schema {
  $ref?: string;
  type?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

describe('the relations of device configuration profiles', () => {
  if (!existsSync(DESCRIPTION)) {
    it.skip('are not compared: the description ../shared/graph/openapi-subset.json is not there', () => undefined);
    return;
  }
  const { components } = JSON.parse(readFileSync(DESCRIPTION, 'utf8')) as {
    components: { schemas: Record<string, Schema> };
  };
  const { schemas } = components;

  const refs = ({ $ref, allOf = [], anyOf = [], items }: Schema): string[] => [
    ...($ref === undefined ? [] : [$ref.slice($ref.lastIndexOf('/') + 1)]),
    ...[...allOf, ...anyOf, ...(items ? [items] : [])].flatMap(refs),
  ];
  const basesOf = (name: string): string[] => {
    const [base] = (schemas[name]?.allOf ?? []).flatMap(({ $ref }) => ($ref === undefined ? [] : refs({ $ref })));
    return base === undefined ? [name] : [name, ...basesOf(base)];
  };
  const propertiesOf = (name: string): [string, Schema][] =>
    basesOf(name).flatMap((each) =>
      [schemas[each] ?? {}, ...(schemas[each]?.allOf ?? [])].flatMap(({ properties = {} }) =>
        Object.entries(properties),
      ),
    );
  const isProfile = (name: string): boolean => name in schemas && basesOf(name).includes(PROFILE);

  it('are all that the description has, and no others', () => {
    const described = Object.keys(schemas)
      .filter((name) => name !== PROFILE && isProfile(name) && !name.endsWith('Base'))
      .flatMap((name) =>
        propertiesOf(name)
          .filter(([, schema]) => refs(schema).some(isProfile))
          .map(([property, { type }]) => `#${name} ${property} ${type === 'array' ? 'many' : 'one'}`),
      );
    const declared = PROFILE_RELATIONS.flatMap(({ name, relation, odataTypes = [] }) =>
      odataTypes.map((type) => `${type} ${name} ${relation}`),
    );
    expect(declared.sort()).toEqual(described.sort());
  });
});
