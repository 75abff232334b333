import { randomUUID } from 'node:crypto';
import { bodiesOf, isBody, textOf, without, type GraphBody } from '../../store/graph-body.js';
import { graphTime } from '../../store/graph-time.js';
import type { GraphCall } from '../graph-call.js';
import { bareChild, idsInBind } from './new-children.js';
import { refuse } from './refusals.js';

/**
 * A definition value as the service holds it, from a body that binds its definition and presentations by URL
 * (`definition@odata.bind`, `presentation@odata.bind`). Throws a 400 refusal for a definition that the tenant does not have.
 */
export function newDefinitionValue(call: GraphCall, given: GraphBody): GraphBody {
  const now = graphTime(call.trace.now);
  const [definitionId = ''] = idsInBind(given['definition@odata.bind'] ?? null);
  const definition = call.tenant.groupPolicyDefinition(definitionId);
  if (definition === undefined) throw refuse(call, `The definition '${definitionId}' is not found.`);
  const presentations = bodiesOf(definition, 'presentations');
  const values = bodiesOf(given, 'presentationValues').map((value) => {
    const [presentationId = ''] = idsInBind(value['presentation@odata.bind'] ?? null);
    const presentation = presentations.find(({ id }) => id === presentationId);
    return {
      ...bareChild(value),
      id: randomUUID(),
      createdDateTime: now,
      lastModifiedDateTime: now,
      presentation: presentation ?? { id: presentationId },
    };
  });
  return {
    id: randomUUID(),
    createdDateTime: now,
    lastModifiedDateTime: now,
    enabled: given.enabled === true,
    configurationType: textOf(given, 'configurationType') ?? 'policy',
    definition: without(definition, ['presentations']),
    presentationValues: values,
  };
}

export function sameDefinition(a: GraphBody, b: GraphBody): boolean {
  return definitionIdOf(a) !== undefined && definitionIdOf(a) === definitionIdOf(b);
}

function definitionIdOf(value: GraphBody): string | undefined {
  return isBody(value.definition ?? null) ? textOf(value.definition as GraphBody, 'id') : undefined;
}
