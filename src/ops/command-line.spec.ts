import { describe, expect, it } from '@jest/globals';
import { CannotSay } from './cannot-say.js';
import { parseCommand, USAGE } from './command-line.js';

const parse = (line: string): unknown => parseCommand(line.split(' ').filter((word) => word !== ''));

describe('parseCommand', () => {
  it.each([
    ['', { name: 'help' }],
    ['help', { name: 'help' }],
    ['doctor --help', { name: 'help' }],
    ['doctor', { name: 'doctor', repair: false, deep: false, json: false }],
    ['doctor --repair --deep --json', { name: 'doctor', repair: true, deep: true, json: true }],
    ['runs', { name: 'runs', states: [], limit: 20, json: false }],
    [
      'runs --tenant Contoso --status Failed,partially-succeeded --status active --type inventory.sync --limit 1000',
      {
        name: 'runs',
        tenant: 'Contoso',
        states: ['failed', 'partially_succeeded', 'active'],
        type: 'inventory.sync',
        limit: 1000,
        json: false,
      },
    ],
    ['run 12 -f', { name: 'run', runId: '12', follow: true, json: false }],
    ['run --json 9223372036854775807', { name: 'run', runId: '9223372036854775807', follow: false, json: true }],
  ])('understands "%s"', (line, command) => expect(parse(line)).toEqual(command));

  it.each([
    ['cure', 'There is no command "cure".'],
    ['doctor 12', '"12" is one word too many for doctor.'],
    ['run 12 13', '"13" is one word too many for run.'],
    ['doctor --follow', 'doctor takes no --follow.'],
    ['run 12 --limit 3', 'run takes no --limit.'],
    ['runs --limit 0', '--limit must be a whole number from 1 to 1000.'],
    ['runs --limit 1001', '--limit must be a whole number from 1 to 1000.'],
    ['runs --limit 1e2', '--limit must be a whole number from 1 to 1000.'],
    ['run', 'Name the run: run ID.'],
    ['run 0', '"0" is not a run\'s id, which is a number.'],
    ['run 9223372036854775808', '"9223372036854775808" is not a run\'s id, which is a number.'],
    ['run 1;drop', '"1;drop" is not a run\'s id, which is a number.'],
    ['doctor --force', "Unknown option '--force'."],
  ])('says what is wrong with "%s"', (line, sentence) => {
    expect(() => parse(line)).toThrow(CannotSay);
    expect(() => parse(line)).toThrow(`${sentence} "npm run ops -- help" says what there is.`);
  });

  it('has a usage that fits a terminal', () => {
    for (const line of USAGE.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });
});
