import { writeFile } from 'node:fs/promises';
import { measureCrashes } from './runs/crash/crash.mjs';
import { measureLists } from './runs/lists/lists.mjs';
import { parseOptions } from './runs/options.mjs';
import { crashReport, crashVerdicts } from './runs/report/crash-report.mjs';
import { factsOf } from './runs/report/facts.mjs';
import { listReport } from './runs/report/list-report.mjs';
import { listVerdicts, throughputVerdicts, verdictTable } from './runs/report/targets.mjs';
import { throughputReport } from './runs/report/throughput-report.mjs';
import { startServers } from './runs/servers/servers.mjs';
import { CELL_KINDS } from './runs/systems/catalogue.mjs';
import { measureThroughput } from './runs/throughput/throughput.mjs';

/** The run engine beside its peers, in one run on one machine; the report is Markdown on the standard output. */
const options = parseOptions(process.argv.slice(2));
const begin = Date.now();
const say = (/** @type {string} */ sentence) => {
  process.stderr.write(`[${Math.round((Date.now() - begin) / 1000)} s] ${sentence}\n`);
};

const servers = await startServers();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void servers.stop().finally(() => process.exit(130)));
try {
  const facts = await factsOf(servers);
  const kinds = CELL_KINDS.filter((kind) => options.parts.includes(kind));
  const throughput = kinds.length === 0 ? [] : await measureThroughput(servers, { ...options, kinds, say });
  const lists = options.parts.includes('lists') ? await measureLists(servers, { ...options, say }) : undefined;
  const crashes = options.parts.includes('crash') ? await measureCrashes(servers, say) : undefined;
  const verdicts = [
    ...throughputVerdicts(throughput),
    ...(lists ? listVerdicts(lists) : []),
    ...(crashes ? crashVerdicts(crashes) : []),
  ];
  const measured = `${options.rounds} interleaved rounds, medians with the least and the most. ${options.quick ? '**Quick: a smoke test, not a measurement.** ' : ''}Took ${Math.round((Date.now() - begin) / 1000)} s.`;
  const report = [
    '## Runs',
    [...facts, measured].map((fact) => `- ${fact}`).join('\n'),
    '### Targets',
    verdictTable(verdicts),
    ...throughputReport(throughput),
    ...(lists ? listReport(lists) : []),
    ...(crashes ? crashReport(crashes) : []),
  ].join('\n\n');
  process.stdout.write(`${report}\n`);
  if (options.markdown !== undefined) await writeFile(options.markdown, `${report}\n`);
  if (options.json !== undefined) {
    await writeFile(
      options.json,
      JSON.stringify({ facts, options, verdicts, throughput, lists, crashes }, undefined, 2),
    );
  }
} finally {
  await servers.stop();
}
process.exit();
