import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ManagedProcess } from './managed-process.js';

const SERVE = `process.stdout.write('up'); setInterval(() => undefined, 1000);`;

describe('ManagedProcess', () => {
  let sentences: string[] = [];
  let children: ChildProcess[] = [];

  function managed(script: string, stopPatienceMs = 10_000): ManagedProcess {
    sentences = [];
    children = [];
    return new ManagedProcess(
      {
        name: 'the clock',
        launch: () => {
          const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
          children.push(child);
          return child;
        },
        ready: async (child) => {
          if (child.stdout) await once(child.stdout, 'data');
          else throw new Error('has no output');
        },
        stopSignal: 'SIGTERM',
        killSignal: 'SIGKILL',
        stopPatienceMs,
        echoesErrors: true,
      },
      (sentence) => sentences.push(sentence),
    );
  }

  afterEach(() => children.forEach((child) => child.kill('SIGKILL')));

  it('is ready when it says so, and stops when told', async () => {
    const clock = managed(SERVE);
    await clock.start();
    await clock.stop();
    expect(children.map((child) => child.signalCode)).toEqual(['SIGTERM']);
    expect(sentences).toEqual([]);
  });

  it('fails the start when it ends before it is ready', async () => {
    await expect(managed('process.exit(3)').start()).rejects.toThrow('The clock ended (code 3).');
  });

  it('is started again after a crash', async () => {
    const clock = managed(SERVE);
    await clock.start();
    children[0]?.kill('SIGKILL');
    while (!sentences.includes('The clock is running again.')) await new Promise((resolve) => setTimeout(resolve, 20));
    await clock.stop();
    expect(children).toHaveLength(2);
    expect(sentences).toEqual([
      'The clock ended by itself; it is started again in 1 s.',
      'The clock is running again.',
    ]);
  });

  it('is ended by force when it does not stop', async () => {
    const clock = managed(`process.on('SIGTERM', () => undefined); ${SERVE}`, 50);
    await clock.start();
    await clock.stop();
    expect(children[0]?.signalCode).toBe('SIGKILL');
    expect(sentences).toEqual(['The clock does not stop; it is ended by force.']);
  });
});
