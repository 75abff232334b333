import { Inject, Injectable } from '@nestjs/common';
import { createTransport, type NodemailerError } from 'nodemailer';
import { SETTINGS, type MailSettings, type Settings } from '../../../platform/config/settings.js';
import { smtpOptions } from '../../../platform/mail/smtp-options.js';
import type { EmailTarget } from '../channels/channel.js';
import { cutShort } from '../delivery/cut-short.js';
import type { ChannelMessage } from '../delivery/message.js';
import type { Verdict } from '../delivery/verdict.js';
import { emailWords } from './email-words.js';

const DEADLINE_MS = 20_000;

/** Sends one message through the installation's mail server; the message id is the delivery's, whatever the attempt. */
@Injectable()
export class EmailSender {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** Whether this installation sends mail at all. */
  get configured(): boolean {
    return this.settings.mail !== undefined;
  }

  /** @param signal ends the attempt early; the verdict is `delivery.interrupted` then */
  async send(target: EmailTarget, message: ChannelMessage, signal: AbortSignal): Promise<Verdict> {
    const { mail } = this.settings;
    if (mail === undefined) return { delivered: false, code: 'email.not_configured' };
    return cutShort(DEADLINE_MS, signal, 'email.timeout', (stop) => this.hand(mail, target, message, stop));
  }

  private async hand(
    mail: MailSettings,
    target: EmailTarget,
    message: ChannelMessage,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const transport = createTransport(smtpOptions(mail, this.settings.environment, DEADLINE_MS));
    try {
      const { rejected } = await transport.sendMail({
        ...emailWords(message, this.settings.publicUrl),
        from: mail.from,
        // Objects, not text: text would be parsed, and one address could become two.
        to: target.recipients.map((address) => ({ name: '', address })),
        messageId: `<${message.id}@${new URL(this.settings.publicUrl).hostname}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-TenantAtlas-Delivery': message.id },
        disableFileAccess: true,
        disableUrlAccess: true,
        signal,
      });
      return { delivered: true, code: rejected.length > 0 ? 'email.some_recipients_refused' : 'delivered' };
    } catch (error) {
      return verdictOfMailError(error as NodemailerError);
    } finally {
      transport.close();
    }
  }
}

/** Only the error's code and the server's reply code are read: its text holds addresses and what the server said. */
function verdictOfMailError({ code, responseCode, permanent, rejected }: NodemailerError): Verdict {
  const failed = { delivered: false, status: responseCode, final: permanent } as const;
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
    case 'EOAUTH2':
      return { ...failed, code: 'email.sign_in_failed', final: false };
    case 'ETIMEDOUT':
      return { ...failed, code: 'email.timeout' };
    case 'EENVELOPE':
      return { ...failed, code: (rejected?.length ?? 0) > 0 ? 'email.recipients_refused' : 'email.rejected' };
    case 'EMESSAGE':
      return { ...failed, code: 'email.rejected' };
    case undefined:
    default:
      return { ...failed, code: 'email.unreachable', final: false };
  }
}
