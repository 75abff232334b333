import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { FileFault, IMPORT_LIMITS, type ImportLimits } from './policy-file.js';
import { filesOfZip, NotAZip } from './zip-files.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

function zipOf(files: Record<string, string | Uint8Array>): Buffer {
  return Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, data]) => [name, data instanceof Uint8Array ? data : text(data)]),
      ),
    ),
  );
}

/** Each file's text, or the code of why it cannot be read. */
async function readAll(zip: Buffer, limits: Partial<ImportLimits> = {}): Promise<Record<string, string>> {
  const { files, unreadable } = filesOfZip(zip, { ...IMPORT_LIMITS, ...limits });
  const found: Record<string, string> = Object.fromEntries(unreadable.map(({ file, code }) => [file, code]));
  for (const file of files) {
    found[file.path] = await file.read().then(
      (bytes) => bytes.toString('utf8'),
      (error: unknown) => (error instanceof FileFault ? error.code : String(error)),
    );
  }
  return found;
}

/** The place of a field in the first entry of the central directory. */
function inDirectory(zip: Buffer, offset: number): number {
  return zip.readUInt32LE(zip.length - 22 + 16) + offset;
}

describe('the files of a zip', () => {
  it('are its JSON files, wherever they lie; what is no policy by its name is counted', async () => {
    const zip = zipOf({
      'SettingsCatalog/a.json': '{"a":1}',
      'SettingsCatalog/ü 🚀.JSON': '{}',
      'a\\b\\c.json': '[]',
      'README.md': '#',
      'Scripts/x.ps1': 'x',
      '__MACOSX/._a.json': 'x',
      '.git/config.json': 'x',
      'MigrationTable.json': '{}',
      'AppProtection/x_Assignments.json': '{}',
    });
    await expect(readAll(zip)).resolves.toEqual({
      'SettingsCatalog/a.json': '{"a":1}',
      'SettingsCatalog/ü 🚀.JSON': '{}',
      'a/b/c.json': '[]',
    });
    expect(filesOfZip(zip, IMPORT_LIMITS).ignored).toBe(6);
  });

  it.each(['../up.json', 'a/../../up.json', '/etc/x.json', 'C:\\x.json', '..\\x.json', 'a\nb.json'])(
    'leaves out a path that leads elsewhere: %j',
    async (name) => {
      const found = await readAll(zipOf({ [name]: '{}', 'good.json': '{}' }));
      expect(Object.values(found).sort()).toEqual(['file.unsafe_path', '{}']);
      expect(found['good.json']).toBe('{}');
    },
  );

  it('takes the first of two files of one path', async () => {
    const zip = zipOf({ 'a/x.json': '1', 'a\\x.json': '2', 'a/./x.json': '3' });
    const { files, unreadable } = filesOfZip(zip, IMPORT_LIMITS);
    expect(files.map(({ path }) => path)).toEqual(['a/x.json']);
    expect(unreadable.map(({ code }) => code)).toEqual(['file.duplicate_path', 'file.duplicate_path']);
    await expect(files[0]?.read().then(String)).resolves.toBe('1');
  });

  it('says how to get JSON out of IntuneCD', async () => {
    await expect(readAll(zipOf({ 'Filters/x.yaml': 'a: 1' }))).resolves.toEqual({ 'Filters/x.yaml': 'file.yaml' });
  });

  it('inflates no more than a policy can have, whatever the directory claims', async () => {
    const bomb = zipOf({ 'bomb.json': new Uint8Array(5_000_000), 'good.json': '{}' });
    expect(bomb.length).toBeLessThan(10_000);
    await expect(readAll(bomb, { fileBytes: 1_000_000 })).resolves.toEqual({
      'bomb.json': 'file.too_large',
      'good.json': '{}',
    });
    bomb.writeUInt32LE(10, inDirectory(bomb, 24));
    await expect(readAll(bomb, { fileBytes: 1_000_000 })).resolves.toEqual({
      'bomb.json': 'file.too_large',
      'good.json': '{}',
    });
  });

  it('stops when all files together are too much', async () => {
    const zip = zipOf({ 'a.json': ' '.repeat(600), 'b.json': ' '.repeat(600), 'c.json': '{}' });
    const found = await readAll(zip, { totalBytes: 1_000 });
    expect([found['b.json'], found['c.json']]).toEqual(['file.import_too_large', '{}']);
    expect(await readAll(zip, { totalBytes: 600 })).toMatchObject({ 'b.json': 'file.import_too_large' });
    expect(await readAll(zip, { files: 2 })).toMatchObject({ 'c.json': 'file.too_many' });
  });

  it('reports a file that is encrypted, oddly packed or damaged, and reads the rest', async () => {
    const files = { 'a.json': '{"some":"text that is packed"}', 'good.json': '{}' };
    const [encrypted, odd, damaged, lost] = [zipOf(files), zipOf(files), zipOf(files), zipOf(files)];
    encrypted.writeUInt16LE(1, inDirectory(encrypted, 8));
    odd.writeUInt16LE(12, inDirectory(odd, 10));
    damaged.writeUInt32LE(1, inDirectory(damaged, 16));
    lost.writeUInt32LE(7, inDirectory(lost, 42));
    await expect(readAll(encrypted)).resolves.toEqual({ 'a.json': 'file.encrypted', 'good.json': '{}' });
    await expect(readAll(odd)).resolves.toEqual({ 'a.json': 'file.unknown_compression', 'good.json': '{}' });
    await expect(readAll(damaged)).resolves.toEqual({ 'a.json': 'file.damaged', 'good.json': '{}' });
    await expect(readAll(lost)).resolves.toEqual({ 'a.json': 'file.damaged', 'good.json': '{}' });
  });

  it('are read or refused, whatever the bytes are', async () => {
    const whole = zipOf({ 'SettingsCatalog/a.json': '{"some":"text that is packed"}', 'b.json': '{}' });
    const hits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(hits, fc.oneof(fc.constant(0), fc.nat(whole.length)), async (changes, cut) => {
        const broken = Buffer.from(whole);
        for (const [place, value] of changes) broken[place] = value;
        const found = await readAll(broken.subarray(cut)).catch((error: unknown) => error);
        if (found instanceof NotAZip) return;
        for (const text of Object.values(found as object)) expect(text).toMatch(/^(file\.\w+|\{.*\})$/s);
        expect(found).not.toBeInstanceOf(Error);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('no zip at all, but long enough to look for an end in it')],
    ['half a zip', zipOf({ 'a.json': '{}' }).subarray(0, 60)],
    ['an end without a directory', endOf(3, 0)],
    ['a Zip64 archive', endOf(0xffff, 0)],
    ['a directory beyond the end', endOf(1, 1_000_000)],
  ])('are not to be had of %s', (_, bytes) => {
    expect(() => filesOfZip(bytes, IMPORT_LIMITS)).toThrow(NotAZip);
  });
});

function endOf(entries: number, start: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(start, 16);
  return end;
}
