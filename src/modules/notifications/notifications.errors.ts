import { DomainError } from '../../platform/errors/domain-error.js';
import { MOST_CHANNELS } from './channels/channel.js';

/** A field of a channel that does not suit its kind, or a URL that may not be used. */
export class InvalidChannel extends DomainError {
  constructor(field: string, message: string) {
    super('notification_channel.invalid', 'unprocessable', 'The channel is not valid; see errors.', {
      errors: [{ field, message }],
    });
  }
}

/** An e-mail channel cannot be enabled where no mail is sent. */
export class EmailNotConfigured extends DomainError {
  constructor() {
    super(
      'notification_channel.email_not_configured',
      'conflict',
      'This installation sends no mail. Have its operator set SMTP_URL and MAIL_FROM, or create the channel disabled.',
    );
  }
}

export class TooManyChannels extends DomainError {
  constructor() {
    super(
      'notification_channel.too_many',
      'conflict',
      `A tenant has at most ${MOST_CHANNELS} channels; delete one that is not needed.`,
    );
  }
}

/** An e-mail channel signs nothing. */
export class NoChannelSecret extends DomainError {
  constructor() {
    super('notification_channel.no_secret', 'conflict', 'Only a webhook has a secret; this channel is none.');
  }
}

export class TestTooSoon extends DomainError {
  constructor(waitSeconds: number) {
    super('notification_channel.test_too_soon', 'too-many', 'This channel was tried a moment ago; wait a little.', {
      headers: { 'Retry-After': String(waitSeconds) },
    });
  }
}
