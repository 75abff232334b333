/**
 * The reasons that every run type may end with, beside its own. One sentence each, with a next step and nothing of the
 * run in it.
 */
export const COMMON_REASONS: Readonly<Record<string, string>> = Object.freeze({
  'graph.throttled': 'Microsoft Graph asked to slow down for too long. Try again in a few minutes.',
  'graph.forbidden':
    'Microsoft Graph refused access. Grant the app the permission that this needs and consent to it as an administrator.',
  'graph.unauthorized':
    'Signing in to Microsoft Graph failed. Check the client id, the secret and its expiry in the Graph connection.',
  'graph.not_found': 'Microsoft Graph does not know this object any more. Run an inventory sync to refresh it.',
  'graph.bad_request': 'Microsoft Graph did not accept the request. Report it with the run id.',
  'graph.unavailable': 'Microsoft Graph could not be reached or answered with errors. Try again later.',
  'graph.protocol': 'Microsoft Graph answered in a form that cannot be trusted. Try again; report it with the run id.',
  'graph.not_connected': 'This tenant has no Graph connection. Ask an owner to set one up.',
  'graph.credential_unusable':
    'The credential of the Graph connection cannot be read here. Ask an owner to test the connection.',
  'database.full': 'The disk of the database is full. Have whoever runs it make room, then start this again.',
  'database.exhausted':
    'The database ran out of memory or met another limit. Have whoever runs it look at it, then start this again.',
  'database.unavailable': 'The database was away while this was worked. Check what was done, then start it again.',
  'dispatch.unavailable': 'The work could not be handed to a worker. Try again in a minute.',
  'dispatch.expired': 'No worker took this work for a whole day. Check that a worker runs, then start it again.',
  'worker.lost': 'The worker that did this work was lost. Check what was done, then start it again.',
  'run.timeout': 'The work took longer than it may. Start it again; report it with the run id if it happens twice.',
  'run.invalid_payload': 'What was asked for is not valid for this version any more. Start it again.',
  'run.hold_expired': 'Nobody confirmed this in time, so it was dropped. Prepare it anew.',
  'run.no_handler': 'No worker of this version can do this work. Finish the update, then start it again.',
  'internal.error': 'Something went wrong on our side. Try again; report it with the run id if it happens twice.',
});
