import { familyOf, type GraphCall } from '../graph-call.js';
import { graphError, GraphRefusal, intuneError } from '../graph-errors.js';

/** A 400 of the service behind the path: nested for Intune, plain for the directory. */
export function refuse(call: GraphCall, message: string, code = 'BadRequest'): GraphRefusal {
  switch (familyOf(call.target)) {
    case 'intune':
      return new GraphRefusal(intuneError(call.trace, 400, code, message));
    case 'directory':
      return new GraphRefusal(graphError(call.trace, 400, code, message));
  }
}

/** A type that the model does not know, or that does not belong here (SkipToTheEndpoint/OpenIntuneBaseline#207). */
export function unknownType(call: GraphCall, odataType: string): GraphRefusal {
  const name = odataType.replace(/^#/, '');
  const message = `A type named '${name}' could not be resolved by the model. When a model is available, each type name must resolve to a valid type.`;
  return new GraphRefusal(graphError(call.trace, 400, 'ModelValidationFailure', message));
}
