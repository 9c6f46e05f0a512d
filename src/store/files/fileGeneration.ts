import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../errors';

/**
 * A file generation: a SQLite image, then a seal of 64 bytes that SQLite ignores:
 * magic (8), number (8), image length (8), reserved (8), SHA-256 of all before (32). Numbers are little-endian.
 */
const MAGIC = Buffer.from('OWUSYNC1', 'latin1');
export const SEAL_LENGTH = 64;
const HEAD_LENGTH = 32;

/** `OWUS` in the header of each image: tells our files from other SQLite files. */
export const APPLICATION_ID = 0x4f575553;

/** What a sealed file holds. */
export interface SealedImage {
  readonly number: number;
  /** The image without its seal; a view of the bytes that were read. */
  readonly image: Uint8Array;
}

/** The seal that belongs behind an image. */
export function sealOf(image: Uint8Array, number: number): Uint8Array {
  const head = Buffer.alloc(HEAD_LENGTH);
  MAGIC.copy(head);
  head.writeBigUInt64LE(BigInt(number), 8);
  head.writeBigUInt64LE(BigInt(image.length), 16);
  const digest = createHash('sha256').update(image).update(head).digest();
  return Buffer.concat([head, digest]);
}

/** Checks a file's seal: undefined when even one byte differs from what was published. */
export function openSealed(bytes: Uint8Array): SealedImage | undefined {
  const length = bytes.length - SEAL_LENGTH;
  if (length <= 0) {
    return undefined;
  }
  const image = bytes.subarray(0, length);
  const seal = Buffer.from(bytes.buffer, bytes.byteOffset + length, SEAL_LENGTH);
  const number = Number(seal.readBigUInt64LE(8));
  return seal.equals(sealOf(image, number)) ? { number, image } : undefined;
}

/** `application_id` and `user_version` as the image's header has them. */
export function headerOf(image: Uint8Array): { readonly applicationId: number; readonly schema: number } {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  return { applicationId: view.getUint32(68), schema: view.getUint32(60) };
}

const FILE_NAME = /^(\d{8,})\.db$/u;

/** The file name of a generation, such as `00000124.db`. */
export function generationName(number: number): string {
  return `${String(number).padStart(8, '0')}.db`;
}

/** Numbers of the generations in a folder, highest first; none when the folder is missing. */
export function listGenerations(folder: string): number[] {
  return namesIn(folder)
    .map((name) => FILE_NAME.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => b - a);
}

/** Number of the newest file generation; 0 = none. */
export function newestGeneration(folder: string): number {
  return listGenerations(folder)[0] ?? 0;
}

/** Path of a generation below the folder `db`. */
export function generationPath(folder: string, number: number): string {
  return join(folder, generationName(number));
}

/** Names in a folder; none when it is missing. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
