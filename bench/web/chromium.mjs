import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/**
 * @typedef {Record<string, unknown>} Answer
 * @typedef {(params: any) => void} Listener what an event tells differs from event to event
 */

const END = '\0';

/**
 * Chromium over its debugging pipe. Playwright switches the Runtime domain on, for which V8 finds the source position of every error
 * that a script makes: it parses the script once more, 0.2 s of a start that is slowed down four times (measured). No visitor has
 * that, so it is left off here.
 */
export class Chromium {
  #asked = 0;
  /** @type {Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {Map<string, Listener>} by session and event */
  #listeners = new Map();
  #rest = '';

  /**
   * @param {import('node:child_process').ChildProcess} child
   * @param {string} profile
   */
  constructor(child, profile) {
    this.child = child;
    this.profile = profile;
    const from = /** @type {import('node:stream').Readable} */ (child.stdio[4]);
    from.setEncoding('utf8').on('data', (text) => this.#read(String(text)));
  }

  static async launch(/** @type {string} */ executablePath) {
    const profile = await mkdtemp(path.join(os.tmpdir(), 'tenantatlas-web-'));
    const options = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ];
    const child = spawn(
      executablePath,
      [...options, '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    );
    return new Chromium(child, profile);
  }

  /**
   * @param {string} method
   * @param {object} [params]
   * @param {string} [sessionId] of a tab; of the browser itself where it is left out
   * @returns {Promise<Answer>}
   */
  send(method, params = {}, sessionId) {
    const id = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const to = /** @type {import('node:stream').Writable} */ (this.child.stdio[3]);
      to.write(JSON.stringify({ id, method, params, sessionId }) + END);
    });
  }

  /** A tab in a profile that has nothing yet. */
  async tab() {
    const { browserContextId } = await this.send('Target.createBrowserContext');
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', browserContextId });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const session = String(sessionId);
    return {
      send: (/** @type {string} */ method, /** @type {object} */ params = {}) => this.send(method, params, session),
      on: (/** @type {string} */ event, /** @type {Listener} */ listener) =>
        void this.#listeners.set(`${session} ${event}`, listener),
      close: () => this.send('Target.disposeBrowserContext', { browserContextId }),
    };
  }

  async close() {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #read(/** @type {string} */ text) {
    const messages = (this.#rest + text).split(END);
    this.#rest = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error, sessionId, method, params } = JSON.parse(message);
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (waiting === undefined) this.#listeners.get(`${sessionId} ${method}`)?.(params);
      else if (error === undefined) waiting.resolve(result);
      else waiting.reject(new Error(error.message));
    }
  }
}

/** @typedef {Awaited<ReturnType<Chromium['tab']>>} Tab */
