/** The built product, which the benchmarks are typed by the sources of. */
const built = new URL('../dist/', import.meta.url);

/**
 * @template T
 * @param {string} file below `dist/`
 * @returns {Promise<T>}
 */
export async function load(file) {
  try {
    return await import(new URL(file, built).href);
  } catch (error) {
    throw new Error(`${file} could not be loaded; run npm run build:server first.`, { cause: error });
  }
}

await import('reflect-metadata');
