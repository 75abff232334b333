/** How an attempt to deliver can end, each with one sentence and a next step, and nothing of the receiver in it. */
export const VERDICTS = {
  delivered: 'The receiver took it.',
  'webhook.address_refused':
    'The address is not on the public internet. Use a public one, or have the operator allow its network.',
  'webhook.url_refused': 'The URL may not be used: check its scheme and port, and leave out user and password.',
  'webhook.dns_failed': 'The host name could not be resolved. Check its spelling.',
  'webhook.unreachable': 'The receiver could not be reached. Check that it runs and can be reached from outside.',
  'webhook.tls_failed': 'The receiver’s certificate could not be trusted. Install a valid one with its chain.',
  'webhook.timeout': 'The receiver did not answer in 10 seconds. Let it answer first and work afterwards.',
  'webhook.redirected': 'The receiver answered with a redirect, which is not followed. Enter the final URL.',
  'webhook.throttled': 'The receiver asked to slow down.',
  'webhook.rejected': 'The receiver refused the request. Check the URL and how it verifies the signature.',
  'webhook.gone': 'The receiver says that this endpoint is gone. Enter its new URL or delete the channel.',
  'webhook.server_error': 'The receiver answered with an error of its own.',
  'email.not_configured': 'This installation sends no mail. Have the operator set SMTP_URL and MAIL_FROM.',
  'email.unreachable': 'The mail server could not be reached. Have the operator check SMTP_URL.',
  'email.sign_in_failed': 'The mail server refused the sign-in. Have the operator check SMTP_URL.',
  'email.timeout': 'The mail server did not take the message in 20 seconds.',
  'email.recipients_refused': 'The mail server refused the recipients. Check their addresses.',
  'email.some_recipients_refused': 'The mail server took the message, but refused some recipients. Check them.',
  'email.rejected': 'The mail server refused the message. Have the operator check what it allows.',
  'delivery.interrupted': 'The process that delivered it was stopped.',
  'delivery.channel_disabled': 'The channel was disabled before this could be delivered.',
  'delivery.secret_unreadable':
    'The stored secret cannot be opened. Enter the URL again and rotate the secret, or restore the encryption key.',
  'internal.error': 'Something went wrong on our side. Report it with the delivery’s id.',
} as const;

export type VerdictCode = keyof typeof VERDICTS;

/** How one attempt ended. */
export interface Verdict {
  delivered: boolean;
  code: VerdictCode;
  /** The HTTP status or SMTP reply code, where there was one. */
  status?: number | undefined;
  /** How long the receiver asked to be left alone. */
  retryAfterMs?: number | undefined;
  /** Whether trying again is of no use. */
  final?: boolean | undefined;
}

/** The sentence of a stored code; a code of another version is shown by itself. */
export function sentenceOf(code: string): string {
  return Object.hasOwn(VERDICTS, code) ? VERDICTS[code as VerdictCode] : code;
}
