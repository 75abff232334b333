import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { compareShapes } from './compare-shapes.js';
import { recordShapes, type RecordedShapes } from './record-shapes.js';

const USAGE = `Usage:
  record --graph https://graph.microsoft.com --token-file FILE --out SHAPES   what a tenant's answers look like, without their values
  compare --real SHAPES --simulated SHAPES                                    where the simulator answers otherwise`;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      graph: { type: 'string', default: 'https://graph.microsoft.com' },
      'token-file': { type: 'string' },
      out: { type: 'string' },
      real: { type: 'string' },
      simulated: { type: 'string' },
    },
  });
  const { graph, out, real, simulated, 'token-file': tokenFile } = values;
  if (positionals[0] === 'record' && tokenFile !== undefined && out !== undefined) {
    const token = (await readFile(tokenFile, 'utf8')).trim();
    const shapes = await recordShapes({ graph, token, pause: (ms) => wait(ms) });
    await writeFile(out, `${JSON.stringify(shapes, null, 2)}\n`);
    console.log(`${Object.keys(shapes).length} collections written to ${out}.`);
    return;
  }
  if (positionals[0] === 'compare' && real !== undefined && simulated !== undefined) {
    const lines = compareShapes(await shapesIn(real), await shapesIn(simulated));
    for (const line of lines) console.log(line);
    console.log(lines.length === 0 ? 'No difference.' : `${lines.length} differences.`);
    return;
  }
  console.error(USAGE);
  process.exitCode = 1;
}

async function shapesIn(file: string): Promise<RecordedShapes> {
  return JSON.parse(await readFile(file, 'utf8')) as RecordedShapes;
}

await main();
