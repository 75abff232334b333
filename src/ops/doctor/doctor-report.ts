import type { ComparedQueue, Examination } from '../../modules/operations/recovery/divergence.js';
import { clean } from '../text/clean-text.js';
import { tableOf, type Column } from '../text/table.js';
import { counted, number } from '../text/words.js';
import { wordsOfBells } from './bell-words.js';
import { isWell, type CheckUp, type Repaired } from './check-up.js';
import { isRepairable, wordsOf } from './divergence-words.js';

/** Ids, or totals, that are shown of one divergence. */
const SHOWN = 20;

const COLUMNS: readonly Column<ComparedQueue>[] = [
  { title: 'QUEUE', text: ({ queue }) => clean(queue) },
  { title: 'WORKABLE', text: ({ workable }) => number(workable), right: true },
  { title: 'BEHIND LIMIT', text: ({ behindLimit }) => number(behindLimit), right: true },
  { title: 'HELD', text: ({ held }) => number(held), right: true },
  { title: 'RUNNING', text: ({ running }) => number(running), right: true },
  { title: 'RINGS', text: ({ rings }) => number(rings), right: true },
  { title: 'TAKEN', text: ({ taken }) => number(taken), right: true },
  { title: 'WORKERS', text: ({ listeners }) => (listeners === undefined ? '?' : number(listeners)), right: true },
];

/** What was compared, with its numbers, and what they mean. */
export function comparisonLines({ place, queues, totals }: Examination): string[] {
  return [
    `Runs of all tenants, compared with the rings that wait in ${place}:`,
    '',
    ...tableOf(COLUMNS, queues),
    '',
    ...remarks(queues),
    totals === undefined ? 'Totals: not counted; --deep counts every completed run.' : 'Totals: compared with a count.',
    '',
  ];
}

/** The verdict: each divergence with its runs or schedules, and what `--repair` does about it. */
export function verdictLines(checkUp: CheckUp): string[] {
  if (isWell(checkUp)) return ['Healthy: rows and transport agree.'];
  const { divergences, bells, totals = [] } = checkUp;
  return [
    'Divergence:',
    ...divergences.flatMap((divergence) => {
      const { what, repair } = wordsOf(divergence);
      return [`- ${what}: ${listed(divergence.runIds)}`, `  --repair ${repair}`];
    }),
    ...bells.flatMap((divergence) => {
      const { what, repair } = wordsOfBells(divergence);
      return [`- ${what}: ${listed(divergence.scheduleIds.map(clean))}`, `  --repair ${repair}`];
    }),
    ...(totals.length === 0
      ? []
      : [
          `- ${counted(totals.length, 'total')} of Monitoring ${totals.length === 1 ? 'differs' : 'differ'} from a count of the rows:`,
          ...totals
            .slice(0, SHOWN)
            .map(
              ({ tenantId, type, outcome, shown, counted: rows }) =>
                `    tenant ${tenantId}, ${clean(type)}, ${outcome}: shown ${number(shown)}, counted ${number(rows)}`,
            ),
          ...(totals.length > SHOWN ? [`    and ${number(totals.length - SHOWN)} more`] : []),
          '  --repair, with --deep, corrects them.',
        ]),
  ];
}

/** What a repair did. */
export function repairLines(report: Repaired): string[] {
  const did = [
    [report.dispatched, 'rung for'],
    [report.redispatched, 'rung for again'],
    [report.requeued, 'given back to the queue'],
    [report.failed, 'failed'],
    [report.cancelled, 'cancelled'],
  ] as const;
  const parts = [
    ...did.filter(([runs]) => runs > 0).map(([runs, words]) => `${counted(runs, 'run')} ${words}`),
    ...(report.ringsRemoved > 0 ? [`${counted(report.ringsRemoved, 'ring')} removed`] : []),
    ...(report.bellsHung > 0 ? [`${counted(report.bellsHung, 'bell')} hung`] : []),
    ...(report.bellsTakenDown > 0 ? [`${counted(report.bellsTakenDown, 'bell')} taken down`] : []),
    ...(report.totalsCorrected > 0 ? [`${counted(report.totalsCorrected, 'total')} corrected`] : []),
  ];
  return ['', `Repaired: ${parts.length === 0 ? 'nothing' : parts.join(', ')}.`];
}

/** The same for programs. `runIds` are not shortened here. */
export function doctorJson(checkUp: CheckUp, repaired: Repaired | undefined): object {
  const { place, queues, divergences, bells, totals } = checkUp;
  return {
    healthy: isWell(checkUp),
    transport: place,
    queues,
    divergences: divergences.map((divergence) => ({
      ...divergence,
      ...wordsOf(divergence),
      repairable: isRepairable(divergence),
    })),
    bells: bells.map((divergence) => ({ ...divergence, ...wordsOfBells(divergence) })),
    totals: totals ?? null,
    repaired: repaired ?? null,
  };
}

/** What looks like a fault in the table and is none. */
function remarks(queues: readonly ComparedQueue[]): string[] {
  const sum = (of: (queue: ComparedQueue) => number): number => queues.reduce((all, queue) => all + of(queue), 0);
  const behind = sum(({ behindLimit }) => behindLimit);
  const held = sum(({ held: runs }) => runs);
  const idle = sum(({ idleRings }) => idleRings);
  const deaf = queues
    .filter(({ listeners, workable, behindLimit }) => listeners === 0 && workable + behindLimit === 0)
    .map(({ queue }) => clean(queue));
  return [
    ...(behind > 0
      ? [`${counted(behind, 'run')} behind the limit of their tenant: not a fault, they wait their turn.`]
      : []),
    ...(held > 0 ? [`${counted(held, 'run')} held for a person: not a fault.`] : []),
    ...(idle > 0
      ? [`${counted(idle, 'ring')} for runs that are completed or gone: harmless, a worker drops them.`]
      : []),
    ...(deaf.length > 0 ? [`No worker listens to ${deaf.join(', ')}; no run waits there.`] : []),
  ];
}

function listed(ids: readonly string[]): string {
  const rest = ids.length - SHOWN;
  return `${ids.slice(0, SHOWN).join(', ')}${rest > 0 ? ` and ${number(rest)} more` : ''}`;
}
