import { createRequire } from 'node:module';
import { ROOT } from '../engine/environment.mjs';
import { answerParent } from '../process/messages.mjs';

/**
 * Loaded before the API process: tells on demand what a request sent to PostgreSQL, so that it can be measured without
 * HTTP. It listens where the driver writes messages, and so it sees what the product puts before a statement too: the
 * rights of a tenant, taken in the same round trip. It knows nothing of the product but its driver.
 *
 * @typedef {{ name: string, text: string, values: unknown[] }} Statement `name` is empty unless it is prepared
 * @typedef {Statement[]} Turn what goes out in one round trip
 */

/**
 * The driver's own connection, as far as it is listened to.
 * @typedef {{ name?: string, text: string }} Parse
 * @typedef {{ statement?: string, values?: unknown[], valueMapper?: (value: unknown, at: number) => unknown }} Bind
 * @typedef {object} Connection
 * @property {object} stream
 * @property {(statement: Parse, ...rest: unknown[]) => void} parse
 * @property {(config: Bind, ...rest: unknown[]) => void} bind
 * @property {() => void} sync
 * @property {(text: string) => void} query
 */

const pg = /** @type {typeof import('pg')} */ (createRequire(`${ROOT}package.json`)('pg'));
const connection = /** @type {Connection} */ (/** @type {unknown} */ (pg.Connection.prototype));
const { parse, bind, sync, query } = connection;
const BEGINS = /^\s*(begin|start transaction)/i;
const ENDS = /^\s*(commit|rollback)\s*;?\s*$/i;

/** The texts that a connection knows by name, the last unnamed one among them, and the turn that is being sent. */
class Sent {
  /** @type {Map<string, string>} */
  texts = new Map();
  /** @type {Turn} */
  turn = [];
  /** @type {Turn[] | undefined} */
  transaction;
}

/** @type {WeakMap<object, Sent>} */
const connections = new WeakMap();
/** @type {Turn[][]} */
let recorded = [];
let recording = false;

connection.parse = function (/** @type {Parse} */ statement, /** @type {unknown[]} */ ...rest) {
  sentOn(this.stream).texts.set(statement.name ?? '', statement.text);
  return parse.call(this, statement, ...rest);
};
connection.bind = function (/** @type {Bind} */ config, /** @type {unknown[]} */ ...rest) {
  if (recording) {
    const sent = sentOn(this.stream);
    const name = config.statement ?? '';
    const values = config.values ?? [];
    const mapped = config.valueMapper ? values.map(config.valueMapper) : values;
    sent.turn.push({ name, text: sent.texts.get(name) ?? '', values: mapped });
  }
  return bind.call(this, config, ...rest);
};
connection.sync = function () {
  if (recording) finishTurn(sentOn(this.stream));
  return sync.call(this);
};
connection.query = function (/** @type {string} */ text) {
  if (recording) {
    const sent = sentOn(this.stream);
    sent.turn.push({ name: '', text, values: [] });
    finishTurn(sent);
  }
  return query.call(this, text);
};

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

/** By its stream: the product may send through an object that stands for the connection. */
function sentOn(/** @type {object} */ stream) {
  let sent = connections.get(stream);
  if (sent === undefined) connections.set(stream, (sent = new Sent()));
  return sent;
}

/** A turn stands alone, or with all others of its transaction. */
function finishTurn(/** @type {Sent} */ sent) {
  const turn = sent.turn;
  sent.turn = [];
  if (turn.length === 0) return;
  if (sent.transaction) sent.transaction.push(turn);
  else recorded.push([turn]);
  if (turn.some(({ text }) => BEGINS.test(text))) sent.transaction ??= recorded.at(-1);
  if (turn.some(({ text }) => ENDS.test(text))) sent.transaction = undefined;
}
