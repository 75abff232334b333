import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';

const api = `http://127.0.0.1:${process.env.PORT ?? '3000'}`;
const BYTES_WORTH_IT = 1_024;

/** Fails the build where a component of the library is used whose styles `src/mantine-styles.ts` leaves out. */
function mantineStylesAreWhole(): Plugin {
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

export default defineConfig({
  plugins: [
    react(),
    mantineStylesAreWhole(),
    // Pressed once and hard, so that the server sends files as they lie there.
    compression({
      include: /\.(js|css|svg|html)$/,
      threshold: BYTES_WORTH_IT,
      algorithms: [defineAlgorithm('brotliCompress'), defineAlgorithm('gzip', { level: 9 })],
    }),
  ],
  resolve: { alias: { '#libs': fileURLToPath(new URL('../libs', import.meta.url)) } },
  server: { port: 5173, strictPort: true, proxy: { '/api': { target: api, changeOrigin: false } } },
  build: {
    outDir: 'dist',
    // The page's content security policy allows neither inline scripts nor data: scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 3 },
            { name: 'shell', tags: ['$initial'], priority: 2 },
            // What two pages share, in two files: what is shared imports nothing that is not, so that files never wait in a circle.
            { name: 'library', test: /node_modules/, minShareCount: 2, priority: 1 },
            { name: 'common', minShareCount: 2, priority: 0 },
          ],
        },
      },
    },
  },
});
