import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';

const BUILT = path.resolve(import.meta.dirname, '../../web/dist');
const COMPILED_ASIDE = '//# allFunctionsCalledOnLoad\n';

const files = readdirSync(BUILT, { recursive: true, encoding: 'utf8' }).map((file) => path.join(BUILT, file));
const scripts = files.filter((file) => file.endsWith('.js'));
const named = (name: string): string | undefined => scripts.find((file) => path.basename(file).startsWith(`${name}-`));

/** What the build does to files after they are bundled, where one step could undo another. */
describe('the built web', () => {
  it('lies pressed beside every file that is worth it, with the same content', () => {
    const pressed = files.filter((file) => /\.(br|gz)$/.test(file));
    expect(pressed.length).toBeGreaterThan(scripts.length);
    for (const file of pressed) {
      const content = readFileSync(file);
      const original = readFileSync(file.replace(/\.(br|gz)$/, ''));
      expect((file.endsWith('.br') ? brotliDecompressSync(content) : gunzipSync(content)).equals(original)).toBe(true);
    }
    const large = scripts.filter((file) => readFileSync(file).length > 10_000);
    expect(large.filter((file) => !existsSync(`${file}.br`) || !existsSync(`${file}.gz`))).toEqual([]);
  });

  it('asks for code to be compiled beside the main thread in the first line, where alone it counts', () => {
    const pages = scripts.filter((file) => /-page-[^/]*\.js$/.test(file));
    expect(pages.length).toBeGreaterThan(20);
    const wanted = ['index', 'react', 'ahead', 'library', 'common'].map((name) => named(name) ?? name);
    for (const file of [...wanted, ...pages]) expect(readFileSync(file, 'utf8').startsWith(COMPILED_ASIDE)).toBe(true);
    expect(readFileSync(named('trend-charts') ?? '', 'utf8').startsWith(COMPILED_ASIDE)).toBe(false);
  });

  it('starts what a page reads from a script that waits for no other, once there is a place for the page', () => {
    const html = readFileSync(path.join(BUILT, 'index.html'), 'utf8');
    expect(html).toMatch(/<div id="root"><\/div>[^]*<script type="module" async [^>]*src="\/assets\/ahead-/);
    expect(readFileSync(named('ahead') ?? '', 'utf8')).not.toMatch(/(from|import)"\.\//);
  });
});
