import type { GraphBody } from '../../store/graph-body.js';

/** The object without these properties. */
export function without(body: GraphBody, ...names: string[]): GraphBody {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}
