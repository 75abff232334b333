import { Inject, Injectable, Logger } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { SETTINGS, type Settings } from '../config/settings.js';
import { smtpOptions } from './smtp-options.js';

/** A person waits for it. */
const DEADLINE_MS = 5_000;

/** What became of a message; `not_configured`: this installation sends no mail. */
export const MAIL_RESULTS = ['sent', 'failed', 'not_configured'] as const;
export type MailResult = (typeof MAIL_RESULTS)[number];

export interface PlainMail {
  to: string;
  subject: string;
  /** Paragraphs; a line break in one becomes a space, since names in it are people's. */
  paragraphs: readonly string[];
}

/** Sends one plain message to one person while he who caused it waits; for what has another way if it fails. */
@Injectable()
export class Mailer {
  private readonly log = new Logger(Mailer.name);

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** Never throws; why it failed is in the log, by its code alone. */
  async send({ to, subject, paragraphs }: PlainMail): Promise<MailResult> {
    const { mail, environment } = this.settings;
    if (mail === undefined) return 'not_configured';
    const transport = createTransport(smtpOptions(mail, environment, DEADLINE_MS));
    try {
      await transport.sendMail({
        from: mail.from,
        // An object, not text: text would be parsed, and one address could become two.
        to: { name: '', address: to },
        subject: oneLine(subject),
        text: paragraphs.map(oneLine).join('\n\n'),
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return 'sent';
    } catch (error) {
      this.log.warn(`A message was not sent: ${codeOf(error)}.`);
      return 'failed';
    } finally {
      transport.close();
    }
  }
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
