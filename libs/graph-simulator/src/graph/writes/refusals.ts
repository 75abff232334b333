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

/** What the model of the service refuses; Intune repeats the sentence in the inner error (SkipToTheEndpoint/OpenIntuneBaseline#207). */
export function modelRefusal(call: GraphCall, message: string): GraphRefusal {
  switch (familyOf(call.target)) {
    case 'intune':
      return new GraphRefusal(graphError(call.trace, 400, 'ModelValidationFailure', message, {}, { message }));
    case 'directory':
      return new GraphRefusal(graphError(call.trace, 400, 'BadRequest', message));
  }
}
