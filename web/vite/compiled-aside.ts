import type { Plugin } from 'vite';

/**
 * Tells Chromium to compile files beside the main thread, which would else stop at each function that is called: nearly all of a
 * page's code runs at once. Only the first line of a file counts; other browsers read a comment.
 * https://v8.dev/blog/explicit-compile-hints
 * @param except names of files that are large and used in part
 */
export function compiledAside(except: readonly string[]): Plugin {
  return {
    name: 'compiled-aside',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk' && !except.includes(file.name))
            file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
        }
      },
    },
  };
}
