declare module 'pg/lib/utils.js' {
  const utils: {
    /** How node-postgres writes a value as a parameter. */
    prepareValue: (value: unknown) => string | Buffer | null;
  };
  export default utils;
}
