import { openEngine } from '../engine/engine.mjs';
import { answerParent } from '../process/messages.mjs';

/** The engine in a process of its own, to be killed: `engine-process.mjs producer | worker`. */
const engine = await openEngine({ worker: process.argv[2] === 'worker' });

answerParent({
  /** @param {{ member: import('../engine/engine.mjs').Member, subjects: readonly string[], workMs: number }} runs */
  start: ({ member, subjects, workMs }) =>
    Promise.all(subjects.map((subject) => engine.start(member, { subject, workMs }).then(({ id }) => id))),
});
process.send?.('ready');
