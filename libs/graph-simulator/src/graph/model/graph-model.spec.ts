import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { modelLines } from '../../../testing/model-lines.js';
import { COLLECTIONS, type Navigation } from '../collections.js';
import { MODEL } from './graph-model.js';
import { MODEL_LINES } from './model-lines.js';

const DESCRIPTION = path.resolve(import.meta.dirname, '../../../../../../shared/graph/openapi-subset.json');
const FILES = 6;

function relationsOf(navigation: readonly Navigation[]): string[] {
  // Relations of derived types lead to objects of the same collections, whose types are described anyway.
  return navigation
    .filter(({ derived }) => derived !== true)
    .flatMap(({ name, children = [] }) => [name, ...relationsOf(children)]);
}

describe('the model of Graph', () => {
  it('knows types, their bases, what they hold, and the members of enumerations', () => {
    expect(MODEL.derives('windows10CompliancePolicy', 'deviceCompliancePolicy')).toBe(true);
    expect(MODEL.derives('windows10CompliancePolicy', 'deviceConfiguration')).toBe(false);
    expect(MODEL.property('windows10CompliancePolicy', 'bitLockerEnabled')).toEqual({
      type: 'b',
      list: false,
      nullable: false,
    });
    expect(MODEL.property('windows10CompliancePolicy', 'displayName')).toMatchObject({ type: 's' });
    expect(MODEL.property('windows10CompliancePolicy', 'nothing')).toBeUndefined();
    expect(MODEL.members('deviceThreatProtectionLevel')).toContain('secured');
    expect(MODEL.knows('nothing')).toBe(false);
  });

  if (!existsSync(DESCRIPTION)) {
    it.skip('is not compared: the description ../shared/graph/openapi-subset.json is not there', () => undefined);
    return;
  }

  it('is what the Graph description says; parts that were emptied are written anew', () => {
    const document = JSON.parse(readFileSync(DESCRIPTION, 'utf8')) as object;
    const relations = new Set(relationsOf(COLLECTIONS.flatMap(({ navigation }) => navigation)));
    const extra = ['microsoft.graph.auditEvent', 'microsoft.graph.bulkDriverActionResult'];
    const roots = [...COLLECTIONS.map(({ entityType }) => entityType), ...extra];
    const lines = modelLines(document, roots, relations);
    if (MODEL_LINES.length === 0) write(lines);
    expect(MODEL_LINES).toEqual(lines);
  });
});

function write(lines: readonly string[]): void {
  const size = Math.ceil(lines.length / FILES);
  for (let file = 0; file < FILES; file += 1) {
    const part = lines.slice(file * size, (file + 1) * size).join('\n');
    const text = `/** Part ${file + 1} of ${FILES} of the model, see graph-model.ts. */\nexport const MODEL_PART = \`${part}\`;\n`;
    writeFileSync(path.resolve(import.meta.dirname, `model-part-${file + 1}.ts`), text);
  }
}
