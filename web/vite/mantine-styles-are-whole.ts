import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Fails the build where a component of the library is used whose styles `src/mantine-styles.ts` leaves out. */
export function mantineStylesAreWhole(): Plugin {
  const styled = (text: string): Set<string> => new Set(text.match(/\bm_[0-9a-f]{6,8}\b/g));
  return {
    name: 'mantine-styles-are-whole',
    apply: 'build',
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const there = styled(files.map((file) => (file.type === 'asset' ? String(file.source) : '')).join('\n'));
      const all = styled(readFileSync(fileURLToPath(import.meta.resolve('@mantine/core/styles.css')), 'utf8'));
      const used = styled(files.map((file) => (file.type === 'chunk' ? file.code : '')).join('\n'));
      const missing = [...used].filter((name) => all.has(name) && !there.has(name));
      if (missing.length > 0) this.error(`Styles of the library are missing: ${missing.join(', ')}.`);
    },
  };
}
