/** An entry of a zip's central directory (APPNOTE.TXT 4.3.12). Sizes are what the directory claims. */
export interface ZipEntry {
  name: string;
  encrypted: boolean;
  /** 0: stored, 8: deflate. */
  method: number;
  crc: number;
  size: number;
  /** The entry's compressed bytes; undefined when its local header is not where it should be. */
  data(zip: Buffer): Buffer | undefined;
}

const END = 0x06054b50;
const END_BYTES = 22;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const ENCRYPTED = 1;
const UTF8_NAME = 1 << 11;
const MOST_COMMENT = 65_535;
/** In fields of 16 and 32 bits: the number is in a Zip64 record, which archives of this size do not need. */
const SEE_ZIP64_16 = 0xffff;
const SEE_ZIP64_32 = 0xffffffff;

/** The entries in the directory's order, or why there are none to be had, as a sentence. */
export function zipEntries(zip: Buffer): ZipEntry[] | string {
  const end = endRecord(zip);
  if (end === undefined) return 'it is no zip, or its end is missing.';
  const count = zip.readUInt16LE(end + 10);
  const start = zip.readUInt32LE(end + 16);
  if (count === SEE_ZIP64_16 || start === SEE_ZIP64_32) return 'it is a Zip64 archive.';
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_BYTES > zip.length || zip.readUInt32LE(at) !== CENTRAL) return 'its directory is damaged.';
    const nameLength = zip.readUInt16LE(at + 28);
    const next = at + CENTRAL_BYTES + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    if (next > zip.length) return 'its directory is damaged.';
    entries.push(entryAt(zip, at, nameLength));
    at = next;
  }
  return entries;
}

/** The record is at the end, before a comment of any length. */
function endRecord(zip: Buffer): number | undefined {
  const first = Math.max(0, zip.length - END_BYTES - MOST_COMMENT);
  for (let at = zip.length - END_BYTES; at >= first; at -= 1) {
    if (zip.readUInt32LE(at) === END && at + END_BYTES + zip.readUInt16LE(at + 20) === zip.length) return at;
  }
  return undefined;
}

function entryAt(zip: Buffer, at: number, nameLength: number): ZipEntry {
  const flags = zip.readUInt16LE(at + 8);
  const packed = zip.readUInt32LE(at + 20);
  const local = zip.readUInt32LE(at + 42);
  return {
    name: nameOf(zip.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength), (flags & UTF8_NAME) !== 0),
    encrypted: (flags & ENCRYPTED) !== 0,
    method: zip.readUInt16LE(at + 10),
    crc: zip.readUInt32LE(at + 16),
    size: zip.readUInt32LE(at + 24),
    data: () => dataAt(zip, local, packed),
  };
}

function dataAt(zip: Buffer, local: number, packed: number): Buffer | undefined {
  if (local + LOCAL_BYTES > zip.length || zip.readUInt32LE(local) !== LOCAL) return undefined;
  const start = local + LOCAL_BYTES + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  return start + packed <= zip.length ? zip.subarray(start, start + packed) : undefined;
}

/** Tools that set no flag write UTF-8 all the same, or a code page of their own; only the shown name suffers then. */
function nameOf(bytes: Buffer, utf8: boolean): string {
  if (utf8) return bytes.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
