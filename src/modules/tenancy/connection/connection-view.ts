import type { CredentialKind, GraphConnectionRow } from '../data/graph-connection.repository.js';
import { canRead, wordsOf } from './verdict.js';

/** A connection as its owners see it; never with the credential. Times are ISO 8601 in UTC. */
export interface ConnectionView {
  kind: CredentialKind;
  /** The last four characters of the client id. */
  clientIdEnd: string;
  /** The variable that holds the credential; null when it is kept here, sealed. */
  environmentVariable: string | null;
  certificate: { thumbprintEnd: string; expiresAt: string } | null;
  setByName: string;
  setAt: string;
  /** How the last test of this credential went; null when it was never tested. */
  verdict: VerdictView | null;
}

export interface VerdictView {
  /** Whether policies can be read, if not all of them. */
  works: boolean;
  code: string;
  message: string;
  nextStep: string;
  /** Permissions or licences that are missing. */
  missing: string[];
  /** Microsoft's own number, for its list of sign-in errors. */
  aadsts: string | null;
  /** For Microsoft's support. */
  requestId: string | null;
  at: string;
}

const SHOWN = 4;

/** The end of an id, which tells one from another and is worth nothing by itself. */
export function endOf(id: string): string {
  return id.length > SHOWN * 2 ? id.slice(-SHOWN) : '';
}

export function connectionView(row: GraphConnectionRow): ConnectionView {
  return {
    kind: row.kind,
    clientIdEnd: endOf(row.clientId),
    environmentVariable: row.environmentVariable,
    certificate:
      row.certificateThumbprint === null || row.certificateExpiresAt === null
        ? null
        : { thumbprintEnd: endOf(row.certificateThumbprint), expiresAt: row.certificateExpiresAt.toISOString() },
    setByName: row.setByName,
    setAt: row.updatedAt.toISOString(),
    verdict: verdictOf(row),
  };
}

function verdictOf(row: GraphConnectionRow): VerdictView | null {
  if (row.verdictCode === null || row.verdictAt === null) return null;
  return verdictView({
    code: row.verdictCode,
    missing: row.verdictMissing ?? [],
    aadsts: row.verdictAadsts,
    requestId: row.verdictRequestId,
    at: row.verdictAt,
  });
}

/** A verdict with the words of its code. */
export function verdictView(verdict: {
  code: string;
  missing: readonly string[];
  aadsts?: string | null | undefined;
  requestId?: string | null | undefined;
  at: Date;
}): VerdictView {
  return {
    works: canRead(verdict.code),
    code: verdict.code,
    ...wordsOf(verdict.code),
    missing: [...verdict.missing],
    aadsts: verdict.aadsts ?? null,
    requestId: verdict.requestId ?? null,
    at: verdict.at.toISOString(),
  };
}
