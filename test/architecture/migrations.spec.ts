import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const DIRECTORY = path.resolve(import.meta.dirname, '../../migrations');
const files = readdirSync(DIRECTORY).sort();

describe('every migration', () => {
  it('exists', () => expect(files).not.toEqual([]));

  it('is later than the one before', () => {
    const epochs = files.map((file) => file.slice(0, 13));
    expect(new Set(epochs).size).toBe(files.length);
  });

  describe.each(files)('%s', (file) => {
    const text = readFileSync(path.join(DIRECTORY, file), 'utf8');
    const [, epoch, name] = /^(\d{13})-([A-Z][A-Za-z0-9]*)\.ts$/.exec(file) ?? [];

    it('is named <epoch>-<PascalName> and exports the class <PascalName><epoch>', () => {
      expect(epoch).toBeDefined();
      expect(text).toContain(`export class ${name}${epoch} implements MigrationInterface`);
    });

    it('imports nothing but TypeORM, so that it stays what it was', () => {
      const imported = [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1]);
      expect(imported).toEqual(['typeorm']);
    });

    it('goes up and down in SQL', () => {
      const [, up = '', down = ''] = text.split(/async (?:up|down)\(/);
      expect(up).toMatch(/\.query\(/);
      expect(down).toMatch(/\.query\(/);
      expect(text).not.toMatch(/createTable|addColumn|createIndex\(/);
    });
  });
});
