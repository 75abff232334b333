/**
 * The text of an export: UTF-8 with or without byte order mark, or UTF-16 in either byte order with one
 * (PowerShell's `Out-File` writes UTF-16 LE). Throws TypeError when the bytes are no valid text of that encoding.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
