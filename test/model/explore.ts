/** `engine`: the product's own step. `time`: the clock alone. The others cannot be relied on to happen. */
export type StepKind = 'engine' | 'time' | 'person' | 'fault';

export interface Step<S> {
  label: string;
  kind: StepKind;
  next: S;
}

export interface Machine<S> {
  initial: S;
  steps(state: S): Step<S>[];
  /** The name of an invariant that the state breaks. */
  broken(state: S): string | undefined;
  /** What has to stay within reach without faults and without people. */
  goal(state: S): boolean;
  key(state: S): string;
}

export interface Explored {
  states: number;
  /** The invariant broken first; `L1` when some state cannot come to the goal. */
  broken: string | undefined;
  /** The shortest way there, one step a line. */
  trace: string[];
}

interface Reached {
  from: number;
  label: string;
}

/**
 * Visits every state within reach, breadth first, so that the way to the first broken invariant is a shortest one. Then
 * goes backwards from the goal along the steps that may be relied on: a state not met on the way is stuck.
 */
export function explore<S>(machine: Machine<S>): Explored {
  const numbers = new Map<string, number>([[machine.key(machine.initial), 0]]);
  const reached: Reached[] = [{ from: -1, label: '' }];
  const into: number[][] = [[]];
  const goals: number[] = [];
  let frontier: { state: S; number: number }[] = [{ state: machine.initial, number: 0 }];
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const { state, number } of frontier) {
      const broken = machine.broken(state);
      if (broken !== undefined)
        return {
          states: numbers.size,
          broken,
          trace: traceTo(reached, number),
        };
      if (machine.goal(state)) goals.push(number);
      for (const step of machine.steps(state)) {
        const key = machine.key(step.next);
        let to = numbers.get(key);
        if (to === undefined) {
          to = numbers.size;
          numbers.set(key, to);
          reached.push({ from: number, label: step.label });
          into.push([]);
          next.push({ state: step.next, number: to });
        }
        if (step.kind === 'engine' || step.kind === 'time') into[to]?.push(number);
      }
    }
    frontier = next;
  }
  const stuck = firstStuck(into, goals);
  if (stuck === undefined) return { states: numbers.size, broken: undefined, trace: [] };
  return { states: numbers.size, broken: 'L1', trace: traceTo(reached, stuck) };
}

function firstStuck(into: readonly number[][], goals: readonly number[]): number | undefined {
  const saved = new Uint8Array(into.length);
  const open = [...goals];
  for (const goal of goals) saved[goal] = 1;
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const before of into[state] ?? []) {
      if (saved[before]) continue;
      saved[before] = 1;
      open.push(before);
    }
  }
  const stuck = saved.indexOf(0);
  return stuck < 0 ? undefined : stuck;
}

function traceTo(reached: readonly Reached[], number: number): string[] {
  const labels: string[] = [];
  for (let at = reached[number]; at && at.from >= 0; at = reached[at.from]) labels.unshift(at.label);
  return labels;
}
