import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseInput, type Measured } from './measured';
import { newestFile, shardsOf } from './mirrorFolder';
import { openNative } from './nativeSqlite';

/** The mirror as one plain file with all text inside, as the other engine would have kept it. */
export function buildComplete({ folder, complete }: CaseInput): Measured {
  const partial = `${complete}.partial`;
  rmSync(partial, { force: true });
  const source = openNative(newestFile(folder), { readOnly: true });
  source.exec(`VACUUM INTO '${partial}'`);
  source.close();
  const target = openNative(partial);
  target.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF');
  for (const { id, name } of shardsOf(target)) {
    target.exec(`
      ATTACH '${join(folder, 'content', name)}' AS shard;
      INSERT INTO message_text (id, content)
        SELECT t.id, t.content FROM message m JOIN shard.message_text t ON t.id = m.id WHERE m.content_shard = ${id};
      DETACH shard;`);
  }
  target.exec('UPDATE message SET content_shard = NULL WHERE content_shard IS NOT NULL');
  target.close();
  renameSync(partial, complete);
  return { bytes: statSync(complete).size };
}
