import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import type { ExportOrder, ExportSummary } from '../../../src/exports/exportTypes';
import { readManifest, type ExportManifest } from '../../../src/exports/manifest';
import { runExport } from '../../../src/exports/runExport';
import type { MirrorDatabase } from '../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, runEnd, useMirrors, user, type TestMirrors } from '../store/builders';

/** 2026-01-31 22:30 UTC: in Berlin already 23:30, in Tokyo 1 February. */
export const LAST_EVENING = Date.UTC(2026, 0, 31, 22, 30) / 1000;

/** A mirror and a folder to export to, for each test. */
export interface ExportStage extends TestMirrors {
  readonly output: () => string;
  /** Exports in this thread. */
  readonly run: (changes?: Partial<ExportOrder>) => Promise<ExportSummary>;
  /** Exports only what changed. */
  readonly runAgain: (changes?: Partial<ExportOrder>) => Promise<ExportSummary>;
  /** Names of all files of the output, with `/`. */
  readonly files: () => string[];
  readonly manifest: () => ExportManifest;
}

/** Call inside `describe`. */
export function useExports(): ExportStage {
  const mirrors = useMirrors();
  let output = '';
  beforeEach(() => {
    output = mkdtempSync(join(tmpdir(), 'openwebui-sync-exported-'));
  });
  afterEach(() => rmSync(output, { recursive: true, force: true }));
  let exports = 0;
  const run = (changes: Partial<ExportOrder> = {}): Promise<ExportSummary> =>
    runExport(
      { root: mirrors.root(), output, mirror: 'this', now: 1_770_000_000, ...changes },
      `export ${++exports}`,
      () => undefined,
    );
  return {
    ...mirrors,
    output: () => output,
    run,
    runAgain: (changes) => run({ isIncremental: true, ...changes }),
    files: () => filesBelow(output),
    manifest: () => readManifest(output)!,
  };
}

/** Names of all files below a folder, with `/`. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** The rows of a Parquet file. */
export async function parquetRows(path: string): Promise<Record<string, unknown>[]> {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return parquetReadObjects({
    file: buffer.slice(byteOffset, byteOffset + byteLength),
  });
}

/** What a chat of one message is made of. */
export interface ToldChat {
  readonly at?: number;
  readonly text?: string;
  readonly user?: string;
  readonly instance?: number;
}

let runs = 0;

/** Writes a chat of one message in a run of its own, and publishes. */
export function tell(mirror: MirrorDatabase, remoteId: string, told: ToldChat = {}): void {
  const { at = LAST_EVENING, text = `text of ${remoteId}`, user: owner = 'ann', instance = 1 } = told;
  const run = begin(mirror, `told ${++runs}`, instance);
  mirror.applyUsers(run, [user(owner)]);
  mirror.applyChat(
    run,
    fetched(
      chat(remoteId, {
        userRemoteId: owner,
        createdAt: at,
        updatedAt: at,
        messages: [message(`${remoteId}-q`, { createdAt: at, content: text })],
      }),
    ),
  );
  mirror.endRun(runEnd({ runId: run }));
  mirror.publish();
}
