import type { Environment, MailSettings } from '../config/settings.js';

export interface SmtpOptions {
  url: string;
  requireTLS: boolean;
  connectionTimeout: number;
  greetingTimeout: number;
  socketTimeout: number;
  dnsTimeout: number;
}

/** How nodemailer reaches the installation's mail server, no step longer than the deadline. */
export function smtpOptions(mail: MailSettings, environment: Environment, deadlineMs: number): SmtpOptions {
  return {
    url: mail.smtpUrl,
    requireTLS: environment === 'production' && new URL(mail.smtpUrl).username !== '',
    connectionTimeout: deadlineMs,
    greetingTimeout: deadlineMs,
    socketTimeout: deadlineMs,
    dnsTimeout: deadlineMs,
  };
}
