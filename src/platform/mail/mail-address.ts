/**
 * For `@IsEmail`: no quotes in the name before the @. Between quotes it takes anything, line breaks too, and what is kept
 * and shown would not be what mail is sent to.
 */
export const MAIL_ADDRESS = { blacklisted_chars: '"' };
