import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeNewFile } from '../files/durableFiles';
import { codeOf } from '../errors';
import { namesIn, sealOf, type SealedImage } from '../files/fileGeneration';
import { readSealed } from '../files/generationStore';

const NAME = /^\d{4,}-[0-9a-f]{16}\.db$/u;

/** A name for a shard that no other process takes, such as `0003-9f86d081884c7d65.db`. @param id `content_shards.id` */
export function newShardName(id: number): string {
  return `${String(id).padStart(4, '0')}-${randomBytes(8).toString('hex')}.db`;
}

/** `content_shards.id` that a file's name tells. */
export function idOfShard(name: string): number {
  return Number.parseInt(name, 10);
}

/** Names of the shards in a folder, whoever names them. */
export function listShards(folder: string): string[] {
  return namesIn(folder).filter((name) => NAME.test(name));
}

/**
 * Writes a shard durably; it never changes afterwards. @param id `content_shards.id`, part of the seal
 * @returns its size in bytes. @throws when the name is taken
 */
export function writeShard(folder: string, name: string, image: Uint8Array, id: number): number {
  const seal = sealOf(image, id);
  writeNewFile(join(folder, name), [image, seal]);
  syncFolder(folder);
  return image.length + seal.length;
}

/**
 * Reads the bytes of a shard by another thread; their seal is not checked. @param name undefined: nothing is read
 * @returns undefined when there are none
 */
export async function readShardBytes(folder: string, name: string | undefined): Promise<Buffer | undefined> {
  if (name === undefined) {
    return undefined;
  }
  try {
    const file = await open(join(folder, name), 'r');
    try {
      const { size } = await file.stat();
      // In one piece: `readFile` reads many small ones.
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(size), 0, size, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === undefined) {
      throw error;
    }
    return undefined;
  }
}

/** Reads a shard and checks its seal. */
export function readShard(folder: string, name: string): SealedImage | 'missing' | 'damaged' {
  return readSealed(join(folder, name));
}
