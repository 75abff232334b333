import type { AnswerShape, RecordedShapes } from './record-shapes.js';
import type { Shape } from './shape.js';

/**
 * Sentences on where the simulator answers otherwise than the real thing. What only one side could be asked for (an empty
 * collection, a type that the other tenant does not have) is passed over.
 */
export function compareShapes(real: RecordedShapes, simulated: RecordedShapes): string[] {
  return Object.entries(real).flatMap(([key, live]) => {
    const own = simulated[key];
    if (own === undefined) return [`${key}: the simulator does not have it.`];
    const lines = [
      ...compareAnswers(`${key}, list`, live.list, own.list),
      ...differing(`${key}, list`, 'objects on a page', live.list.pageSize, own.list.pageSize),
      ...differing(`${key}, list`, 'link to the next page', live.list.nextLink, own.list.nextLink),
    ];
    if (live.item !== null && own.item !== null) lines.push(...compareAnswers(`${key}, item`, live.item, own.item));
    for (const [name, relation] of Object.entries(live.relations)) {
      const other = own.relations[name];
      if (other !== undefined) lines.push(...compareAnswers(`${key}, ${name}`, relation, other));
    }
    return lines;
  });
}

function compareAnswers(where: string, real: AnswerShape, simulated: AnswerShape): string[] {
  if (real.status !== simulated.status)
    return [`${where}: really answered with ${real.status}, here with ${simulated.status}.`];
  return [
    ...lists(where, 'the answer has', real.annotations, simulated.annotations),
    ...compareObjects(where, real.objects, simulated.objects),
  ];
}

function compareObjects(where: string, real: Shape, simulated: Shape): string[] {
  return Object.entries(real).flatMap(([type, properties]) => {
    const own = simulated[type];
    if (own === undefined) return [];
    const names = lists(`${where}, ${type}`, 'there is', Object.keys(properties), Object.keys(own));
    const kinds = Object.entries(properties).flatMap(([name, seen]) => {
      const here = own[name];
      if (here === undefined || here.every((kind) => kind === 'null')) return [];
      const other = seen.filter((kind) => kind !== 'null' && !here.includes(kind));
      return other.length === 0
        ? []
        : [`${where}, ${type}: ${name} is really ${other.join(' and ')}, here ${here.join(' and ')}.`];
    });
    return [...names, ...kinds];
  });
}

function lists(where: string, what: string, real: readonly string[], simulated: readonly string[]): string[] {
  const missing = real.filter((name) => !simulated.includes(name));
  const invented = simulated.filter((name) => !real.includes(name));
  return [
    ...missing.map((name) => `${where}: really ${what} ${name}, here not.`),
    ...invented.map((name) => `${where}: here ${what} ${name}, really not.`),
  ];
}

/** Only where both sides know. */
function differing(
  where: string,
  what: string,
  real: string | number | null,
  simulated: string | number | null,
): string[] {
  if (real === null || simulated === null || real === simulated) return [];
  return [`${where}: ${what}: really ${real}, here ${simulated}.`];
}
