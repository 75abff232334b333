import { patchObject } from '../control/content-change.js';
import { bodiesOf, isBody, textOf } from '../store/graph-body.js';
import { editedPolicies, nameOf, type Edit } from './edit.js';

/** Gives a policy to one more group, or takes its last group away when it has several. */
export const changeAssignment: Edit = ({ tenant, actor, dice, now }) => {
  const groups = tenant.groups();
  const policies = editedPolicies(tenant).filter(({ body }) => bodiesOf(body, 'assignments').length > 0);
  if (groups.length === 0 || policies.length === 0) return undefined;
  const policy = dice.pick(policies);
  const assignments = bodiesOf(policy.body, 'assignments');
  if (assignments.length > 1 && dice.chance(0.5)) {
    patchObject(tenant, policy.id, { assignments: assignments.slice(0, -1) }, actor, now);
    return `took an assignment from "${nameOf(policy)}"`;
  }
  const taken = assignments.map(({ target }) => (isBody(target) ? target.groupId : undefined));
  const group = dice.pick(groups.filter(({ id }) => !taken.includes(id)));
  const added = {
    ...assignments[0],
    id: `${policy.id}_${group.id}`,
    target: {
      '@odata.type': '#microsoft.graph.groupAssignmentTarget',
      deviceAndAppManagementAssignmentFilterId: null,
      deviceAndAppManagementAssignmentFilterType: 'none',
      groupId: group.id,
    },
  };
  patchObject(tenant, policy.id, { assignments: [...assignments, added] }, actor, now);
  return `assigned "${nameOf(policy)}" to ${textOf(group.body, 'displayName') ?? group.id}`;
};
