import pg from 'pg';

/** @typedef {import('./recorder.mjs').Turn} Turn */
/**
 * @typedef {object} Wire the driver's connection, beside its declared interface
 * @property {{ cork: () => void, uncork: () => void }} stream
 * @property {Record<string, string>} parsedStatements
 */

/**
 * Sends a recorded turn again, in one round trip as the product did, and waits for its end. A statement with a name is
 * prepared at its first use on this client, and only bound from then on.
 * @param {pg.Client} client
 * @param {Turn} turn
 * @returns {Promise<void>}
 */
export function replay(client, turn) {
  return new Promise((resolve, reject) => {
    const last = turn.length - 1;
    const queries = turn.map(({ name, text, values }, at) => {
      const config = { ...(name === '' ? {} : { name }), text, values, queryMode: 'extended' };
      // node-postgres sees one query with several results.
      return new pg.Query(/** @type {pg.QueryConfig} */ (config), (/** @type {Error | undefined} */ error) => {
        if (error) reject(error);
        else if (at === last) resolve();
      });
    });
    const carrier = queries[last];
    if (carrier === undefined) return resolve();
    const submit = carrier.submit.bind(carrier);
    carrier.submit = (/** @type {pg.Connection} */ connection) => {
      const wire = /** @type {Wire} */ (/** @type {unknown} */ (connection));
      const unsynced = Object.create(connection, { sync: { value: () => undefined } });
      wire.stream.cork();
      try {
        for (const query of queries.slice(0, last)) query.submit(unsynced);
        for (const { name, text } of turn.slice(0, last)) if (name !== '') wire.parsedStatements[name] = text;
        return submit(connection);
      } finally {
        wire.stream.uncork();
      }
    };
    client.query(carrier);
  });
}
