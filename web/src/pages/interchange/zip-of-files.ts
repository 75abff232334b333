/** A file of a folder: its path in the archive, `/` between its parts. */
export interface FolderFile {
  path: string;
  content: Blob;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8_NAME = 1 << 11;
const DEFLATE = 8;
/** 1 January 1980, the first day that a zip can name; nobody asks for the times of these files. */
const FIRST_DAY = 0x21;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The files as one zip (APPNOTE.TXT 4.3), deflated; at most 65,535 files and 4 GB, far above what an import takes. */
export async function zipOfFiles(files: readonly FolderFile[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let offset = 0;
  let directoryBytes = 0;
  for (const { path, content } of files) {
    const name = new TextEncoder().encode(path);
    const bytes = new Uint8Array(await content.arrayBuffer());
    const packed = await deflated(content);
    const facts = [VERSION, UTF8_NAME, DEFLATE, 0, FIRST_DAY] as const;
    const sizes = [crcOf(bytes), packed.size, bytes.length] as const;
    const local = record([[LOCAL], facts, sizes, [name.length, 0]]);
    const central = record([[CENTRAL], [VERSION, ...facts], sizes, [name.length, 0, 0, 0, 0], [0, offset]]);
    parts.push(local, name, packed);
    directory.push(central, name);
    offset += local.byteLength + name.length + packed.size;
    directoryBytes += central.byteLength + name.length;
  }
  const end = record([[END], [0, 0, files.length, files.length], [directoryBytes, offset], [0]]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}

/** Fields of 4, 2, 4, 2, ... bytes group by group, little-endian. */
function record(groups: readonly (readonly number[])[]): ArrayBuffer {
  const widths = groups.map((_, index) => (index % 2 === 0 ? 4 : 2));
  const length = groups.reduce((sum, group, index) => sum + group.length * (widths[index] ?? 0), 0);
  const view = new DataView(new ArrayBuffer(length));
  let at = 0;
  groups.forEach((group, index) => {
    for (const value of group) {
      if (widths[index] === 4) view.setUint32(at, value, true);
      else view.setUint16(at, value, true);
      at += widths[index] ?? 0;
    }
  });
  return view.buffer;
}

function deflated(content: Blob): Promise<Blob> {
  return new Response(content.stream().pipeThrough(new CompressionStream('deflate-raw'))).blob();
}

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
