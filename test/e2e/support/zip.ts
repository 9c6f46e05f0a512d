import assert from 'node:assert/strict';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const smallestEnd = 22;

/**
 * The names of the files in a ZIP archive, read from its directory.
 * @throws when the bytes are no ZIP archive
 */
export function listZip(archive: Buffer): readonly string[] {
  let end = archive.length - smallestEnd;
  while (end >= 0 && archive.readUInt32LE(end) !== endOfDirectory) {
    end -= 1;
  }
  assert.ok(end >= 0, 'not a ZIP archive');
  const names: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert.equal(archive.readUInt32LE(at), directoryEntry);
    const nameLength = archive.readUInt16LE(at + 28);
    names.push(archive.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return names;
}
