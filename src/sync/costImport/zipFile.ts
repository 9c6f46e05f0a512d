import { open, type FileHandle } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly isEncrypted: boolean;
  /** 0: as it is, 8: deflated. */
  readonly method: number;
  readonly packedSize: number;
  /** Where its own header begins. */
  readonly offset: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;
/** A comment at the end of an archive is not longer. */
const LONGEST_COMMENT = 0xffff;
/** Stands for a number that needs 64 bits. */
const TOO_LARGE = 0xffffffff;

/** The files in an archive, folders left out; undefined where it is damaged, or larger than 4 GB. */
export async function zipEntries(path: string): Promise<readonly ZipEntry[] | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = await bytesAt(file, Math.max(0, size - END_LENGTH - LONGEST_COMMENT), size);
    const end = lastIndexOf(tail, END);
    if (end < 0 || end + END_LENGTH > tail.length) {
      return undefined;
    }
    const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
    return start + length > size ? undefined : entriesIn(await bytesAt(file, start, start + length));
  } finally {
    await file.close();
  }
}

/** A file's unpacked bytes. */
export async function openZipEntry(path: string, entry: ZipEntry, signal: AbortSignal): Promise<Readable> {
  const file = await open(path, 'r');
  let start: number;
  try {
    const header = await bytesAt(file, entry.offset, entry.offset + LOCAL_LENGTH);
    if (header.length < LOCAL_LENGTH || header.readUInt32LE(0) !== LOCAL) {
      throw Object.assign(new Error('The archive is damaged'), { code: 'Z_DATA_ERROR' });
    }
    start = entry.offset + LOCAL_LENGTH + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
  const packed = createReadStream(path, { signal, start, end: start + entry.packedSize - 1 });
  if (entry.method === 0) {
    return packed;
  }
  const inflate = createInflateRaw();
  // What goes wrong is told to who reads.
  pipeline(packed, inflate, () => undefined);
  return inflate;
}

function entriesIn(directory: Buffer): readonly ZipEntry[] | undefined {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + ENTRY_LENGTH <= directory.length && directory.readUInt32LE(at) === ENTRY) {
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const name = directory.toString('utf8', at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength);
    const [packedSize, offset] = [directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)];
    if (packedSize === TOO_LARGE || offset === TOO_LARGE) {
      return undefined;
    }
    if (!name.endsWith('/')) {
      const isEncrypted = (directory.readUInt16LE(at + 8) & 1) === 1;
      entries.push({ name, isEncrypted, method: directory.readUInt16LE(at + 10), packedSize, offset });
    }
    at += ENTRY_LENGTH + nameLength + extra + comment;
  }
  return at === directory.length ? entries : undefined;
}

async function bytesAt(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
  return buffer.subarray(0, bytesRead);
}

function lastIndexOf(bytes: Buffer, signature: number): number {
  for (let at = bytes.length - END_LENGTH; at >= 0; at -= 1) {
    if (bytes.readUInt32LE(at) === signature) {
      return at;
    }
  }
  return -1;
}
