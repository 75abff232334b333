import { FileFault } from './policy-file.js';

/**
 * A file's text by its byte order mark, as PowerShell (`Out-File`) and editors write them: UTF-8, UTF-16 of either order.
 * Without a mark it is UTF-8, or UTF-16 when every second byte of its beginning is zero, as in JSON it then must be.
 * @throws FileFault for bytes that are no text
 */
export function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new FileFault('file.not_text', 'Its bytes are no text in UTF-8 or UTF-16.');
  }
}

function encodingOf([first, second]: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== undefined && first !== 0 && second === 0) return 'utf-16le';
  return first === 0 && second !== undefined && second !== 0 ? 'utf-16be' : 'utf-8';
}
