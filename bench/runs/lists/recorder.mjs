import { createRequire } from 'node:module';
import { ROOT } from '../engine/environment.mjs';
import { answerParent } from '../process/messages.mjs';

/**
 * Loaded before the API process: tells on demand which statements a request sent to PostgreSQL, so that they can be
 * measured without HTTP. It knows nothing of the product but its driver.
 *
 * @typedef {{ text: string, values: unknown[] }} Statement
 */

const pg = /** @type {typeof import('pg')} */ (createRequire(`${ROOT}package.json`)('pg'));
const BEGINS = /^\s*(begin|start transaction)/i;
const ENDS = /^\s*(commit|rollback)\s*;?\s*$/i;

/** @type {Statement[][]} */
let recorded = [];
let recording = false;
/** @type {WeakMap<object, Statement[]>} */
const transactions = new WeakMap();

const send = /** @type {(...parameters: unknown[]) => unknown} */ (pg.Client.prototype.query);
/** @this {object} @param {unknown[]} parameters */
function recordingQuery(...parameters) {
  if (recording) record(this, parameters);
  return send.apply(this, parameters);
}
pg.Client.prototype.query = /** @type {never} */ (recordingQuery);

answerParent({
  record: () => {
    recorded = [];
    recording = true;
    return Promise.resolve();
  },
  recorded: () => {
    recording = false;
    return Promise.resolve(recorded);
  },
});

/** A statement stands alone, or with all others of its transaction. */
function record(/** @type {object} */ client, /** @type {unknown[]} */ [first, second]) {
  const given = /** @type {Partial<Statement>} */ (typeof first === 'string' ? { text: first } : first);
  const values = Array.isArray(second) ? second : (given.values ?? []);
  const statement = { text: given.text ?? '', values: [...values] };
  const open = transactions.get(client);
  if (open) open.push(statement);
  else recorded.push([statement]);
  if (BEGINS.test(statement.text)) transactions.set(client, recorded.at(-1) ?? []);
  if (ENDS.test(statement.text)) transactions.delete(client);
}
