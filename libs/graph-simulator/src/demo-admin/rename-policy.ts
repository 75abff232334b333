import { patchObject } from '../control/content-change.js';
import { editedPolicies, nameFieldOf, nameOf, type Edit } from './edit.js';

const MARKS = [' (reviewed)', ' (new)', ' - until March'] as const;

/** Puts a mark behind a policy's name, or takes it away again. */
export const renamePolicy: Edit = ({ tenant, actor, dice, now }) => {
  const policies = editedPolicies(tenant);
  if (policies.length === 0) return undefined;
  const policy = dice.pick(policies);
  const before = nameOf(policy);
  const mark = MARKS.find((known) => before.endsWith(known));
  const name = mark === undefined ? before + dice.pick(MARKS) : before.slice(0, -mark.length);
  patchObject(tenant, policy.id, { [nameFieldOf(policy)]: name }, actor, now);
  return `renamed "${before}" to "${name}"`;
};
