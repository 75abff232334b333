import { Injectable } from '@nestjs/common';
import { COMMON_REASONS } from '#libs/run-kit/src/common-reasons.js';

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
  private readonly sentences = new Map<string, string>(Object.entries(COMMON_REASONS));

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
      return { code: 'internal.error', message: COMMON_REASONS['internal.error'] ?? '' };
    }
    return { code, message: sentence };
  }

  /** The failure for a thrown value: its `code` when the catalogue knows it; its text is never read. */
  failureOf(error: unknown): KnownFailure {
    return this.failure(codeOf(error));
  }
}

/** A thrown value may be anything, even an object whose getters throw. */
function codeOf(error: unknown): string | undefined {
  try {
    const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return typeof code === 'string' ? code : undefined;
  } catch {
    return undefined;
  }
}
