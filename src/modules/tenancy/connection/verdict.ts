import { CONNECTION_CODES, type ConnectionCode } from '#libs/graph-client/src/connection/connection-finding.js';

/** What the test of a connection can end with: what Microsoft answers, and what is wrong on this side already. */
export type VerdictCode = ConnectionCode | 'environment_missing' | 'credential_unreadable';
export const VERDICT_CODES: readonly VerdictCode[] = [
  ...CONNECTION_CODES,
  'environment_missing',
  'credential_unreadable',
];

interface VerdictWords {
  message: string;
  nextStep: string;
}

/** One sentence and one next step for each code; both are for people and may be worded anew. */
export const VERDICT_WORDS: Readonly<Record<VerdictCode, VerdictWords>> = {
  connected: { message: 'The connection works.', nextStep: 'Nothing is left to do.' },
  tenant_not_found: {
    message: 'Microsoft Entra ID does not know this directory.',
    nextStep: 'Check the directory id of the tenant, and that its subscription is still active.',
  },
  app_not_found: {
    message: 'The app is not in this directory.',
    nextStep: 'Check the client id; for an app of another directory, have an administrator of this one consent to it.',
  },
  app_disabled: {
    message: 'The app is disabled in this directory.',
    nextStep: 'Have an administrator enable sign-in for the enterprise application in Entra ID.',
  },
  secret_wrong: {
    message: 'Microsoft Entra ID did not take the secret.',
    nextStep: "Enter the secret's value, not its id, and check that it belongs to this client id.",
  },
  secret_expired: {
    message: 'The secret has expired.',
    nextStep: 'Make a new secret in the app registration and enter it here.',
  },
  certificate_wrong: {
    message: 'Microsoft Entra ID does not know this certificate.',
    nextStep: 'Upload the certificate to the app registration, or enter the one that is there.',
  },
  certificate_expired: {
    message: 'The certificate has expired.',
    nextStep: 'Upload a new certificate to the app registration and enter it here with its key.',
  },
  clock_wrong: {
    message: 'Microsoft Entra ID refused the time of the request.',
    nextStep: "Set the clock of the machine that runs TenantAtlas; it is not Microsoft's.",
  },
  sign_in_blocked: {
    message: 'A policy of the directory blocks the sign-in of this app.',
    nextStep: 'Have an administrator exempt the app or the address it signs in from in conditional access.',
  },
  login_refused: {
    message: 'Microsoft Entra ID refused the sign-in for another reason.',
    nextStep: "Look the AADSTS number up in Microsoft's list of sign-in errors.",
  },
  login_unreachable: {
    message: 'The sign-in service of Microsoft could not be reached.',
    nextStep: 'Try again in a minute; if it stays so, check the way from this machine to the internet.',
  },
  no_consent: {
    message: 'No administrator has consented to any permission of the app.',
    nextStep: 'Add the permissions named here to the app as application permissions and grant admin consent.',
  },
  permissions_missing: {
    message: 'The app lacks permissions.',
    nextStep: 'Add the permissions named here as application permissions and grant admin consent.',
  },
  licence_missing: {
    message: 'The tenant has no licence for a part of what is read.',
    nextStep: 'Buy or assign the licence named here, or go on without that part; the rest can be read.',
  },
  graph_refused: {
    message: 'Microsoft Graph refuses the app although it has the permissions.',
    nextStep: 'Wait some minutes if the consent is new; otherwise ask Microsoft with the request id.',
  },
  graph_unreachable: {
    message: 'Microsoft Graph could not be reached.',
    nextStep: 'Try again in a minute; if it stays so, check the way from this machine to the internet.',
  },
  throttled: {
    message: 'Microsoft asks to slow down.',
    nextStep: 'Try again in a few minutes; the credential has not been judged.',
  },
  environment_missing: {
    message: 'The environment variable that holds the credential is not set.',
    nextStep: 'Set it for the API and the worker and start both again, or enter the credential here.',
  },
  credential_unreadable: {
    message: 'The credential cannot be read on this side.',
    nextStep: 'Enter it again; if an encryption key was changed, configure the former one too.',
  },
};

/** Whether policies can be read with it, if not all of them. */
export function canRead(code: string): boolean {
  return code === 'connected' || code === 'licence_missing';
}

/** A stored code of another version reads as the nearest that this one has words for. */
export function wordsOf(code: string): VerdictWords {
  const known = VERDICT_CODES.find((candidate) => candidate === code);
  return VERDICT_WORDS[known ?? 'login_refused'];
}
