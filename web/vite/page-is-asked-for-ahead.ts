import type { Plugin } from 'vite';

/**
 * Gives `src/routes/reads-ahead.ts` a script of its own, a sixth of the shell's: what the page reads is asked for while the
 * shell is still on its way. Fails the build where that script would wait for another one or bring components along.
 */
export function pageIsAskedForAhead(): Plugin {
  return {
    name: 'page-is-asked-for-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const ahead = chunks.find(({ name }) => name === 'ahead');
        const preload = `<link rel="modulepreload" crossorigin href="/${ahead?.fileName}">`;
        if (ahead === undefined || !html.includes(preload)) {
          throw new Error('The shell does not import what goes ahead.');
        }
        if (ahead.imports.length > 0) throw new Error(`What goes ahead waits for ${ahead.imports.join(', ')}.`);
        const components = ahead.moduleIds.filter((id) => /\/node_modules\/react\/|\.tsx$/.test(id));
        if (components.length > 0) throw new Error(`What goes ahead brings ${components.join(', ')}.`);
        const script = `<script type="module" async crossorigin src="/${ahead.fileName}"></script>`;
        // Behind the body: the page's code brings the shell's with it, which looks for its place there.
        return html.replace('  </body>', `    ${script}\n  </body>`);
      },
    },
  };
}
