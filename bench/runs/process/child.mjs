import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How many of a child's last words are kept to explain a failure, in characters. */
const WORDS_KEPT = 4_000;

/** A Node process of its own, so that no system pays for another's timers, heap or compiled code. */
export class Child {
  #questions = 0;
  #words = '';

  /**
   * @param {string} name
   * @param {string | URL} script
   * @param {readonly string[]} parameters
   * @param {NodeJS.ProcessEnv} env what it finds in its environment beside the search path
   * @param {readonly string[]} preload modules that are loaded before the script
   */
  constructor(name, script, parameters = [], env = {}, preload = []) {
    this.name = name;
    this.process = fork(script instanceof URL ? fileURLToPath(script) : script, parameters, {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
      execArgv: ['--enable-source-maps', ...preload.map((module) => `--import=${module}`)],
      serialization: 'advanced', // times and bytes arrive as such
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.process.setMaxListeners(0);
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk) => (this.#words = (this.#words + chunk).slice(-WORDS_KEPT)));
    }
  }

  get pid() {
    return this.process.pid ?? 0;
  }

  get isRunning() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /**
   * Asks one question. Throws with the child's own failure, or with its last words when it ended.
   * @param {string} method
   * @param {unknown} [argument]
   * @returns {Promise<any>}
   */
  async ask(method, argument) {
    const id = (this.#questions += 1);
    const answered = new Promise((resolve, reject) => {
      /** @param {import('./messages.mjs').Answer} message */
      const onMessage = (message) => {
        if (message.id !== id) return;
        done();
        if ('failure' in message) reject(new Error(`${this.name}, ${method}: ${message.failure}`));
        else resolve(message.answer);
      };
      const onExit = () => {
        done();
        reject(new Error(`${this.name} ended during ${method}.\n${this.#words}`));
      };
      const done = () => {
        this.process.off('message', onMessage);
        this.process.off('exit', onExit);
      };
      this.process.on('message', onMessage);
      this.process.on('exit', onExit);
    });
    this.process.send({ id, method, argument });
    return answered;
  }

  /** Resolves with the first message for which `isIt` holds; throws with the child's last words when it ends before. */
  async message(/** @type {(message: unknown) => boolean} */ isIt) {
    await new Promise((resolve, reject) => {
      this.process.on('message', (message) => {
        if (isIt(message)) resolve(message);
      });
      this.process.once('exit', () => reject(new Error(`${this.name} ended.\n${this.#words}`)));
    });
  }

  /** Stops it where it is, with all that it would do by itself, until {@link thaw}. */
  freeze() {
    this.process.kill('SIGSTOP');
  }

  thaw() {
    this.process.kill('SIGCONT');
  }

  /** Ends it at once: nothing that it holds is worth an orderly end. */
  async kill() {
    if (!this.isRunning) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
  }
}
