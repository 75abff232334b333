const path = require('node:path');

/** How the import rules find a file: by its source, not by what was built of it. Relative to the folder they run in. */
module.exports = {
  resolve: {
    alias: { '#libs': path.resolve('libs') },
    extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    extensionAlias: { '.js': ['.ts', '.tsx', '.js'] },
  },
};
