import { Injectable } from '@nestjs/common';

/** The reasons that every run type may end with. One sentence each, with a next step and nothing of the run in it. */
const COMMON: Readonly<Record<string, string>> = {
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
  'dispatch.unavailable': 'The work could not be handed to a worker. Try again in a minute.',
  'worker.lost': 'The worker that did this work was lost. Check what was done, then start it again.',
  'run.timeout': 'The work took longer than it may. Start it again; report it with the run id if it happens twice.',
  'run.invalid_payload': 'What was asked for is not valid for this version any more. Start it again.',
  'run.no_handler': 'No worker of this version can do this work. Finish the update, then start it again.',
  'internal.error': 'Something went wrong on our side. Try again; report it with the run id if it happens twice.',
};

const REASON_CODE = /^[a-z][a-z_]*(\.[a-z][a-z_]*)+$/;

/** A failure as it may be stored and shown. */
export interface KnownFailure {
  code: string;
  message: string;
}

/**
 * The one door to stored failure text. What is stored is a code of this catalogue and the catalogue's own sentence; an
 * exception's text can not get in, because nothing here takes one.
 */
@Injectable()
export class FailureCatalogue {
  private readonly sentences = new Map<string, string>(Object.entries(COMMON));

  /** Adds a run type's own reasons; throws when a code is malformed or already means something else. */
  add(reasons: Readonly<Record<string, string>>): void {
    for (const [code, sentence] of Object.entries(reasons)) {
      if (!REASON_CODE.test(code)) throw new Error(`Reason code "${code}" is not lower case and dotted.`);
      const known = this.sentences.get(code);
      if (known !== undefined && known !== sentence) throw new Error(`Reason code "${code}" is declared twice.`);
      this.sentences.set(code, sentence);
    }
  }

  /** The failure for a code; an unknown code becomes `internal.error`. */
  failure(code: string | undefined): KnownFailure {
    const sentence = code === undefined ? undefined : this.sentences.get(code);
    if (code === undefined || sentence === undefined) {
      return { code: 'internal.error', message: COMMON['internal.error'] ?? '' };
    }
    return { code, message: sentence };
  }

  /** The failure for a thrown value: its `code` when the catalogue knows it; its text is never read. */
  failureOf(error: unknown): KnownFailure {
    const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return this.failure(typeof code === 'string' ? code : undefined);
  }
}
