import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compiledAside } from './vite/compiled-aside.ts';
import { compressedFiles } from './vite/compressed-files.ts';
import { mantineStylesAreWhole } from './vite/mantine-styles-are-whole.ts';
import { pageIsAskedForAhead } from './vite/page-is-asked-for-ahead.ts';

const api = `http://127.0.0.1:${process.env.PORT ?? '3000'}`;

export default defineConfig({
  plugins: [
    react(),
    mantineStylesAreWhole(),
    pageIsAskedForAhead(),
    // The charts come after the page, and of their library they use a part.
    compiledAside(['trend-charts']),
    compressedFiles(),
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
            { name: 'ahead', test: /src\/routes\/reads-ahead\.ts$/, priority: 4 },
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
