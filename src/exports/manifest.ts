import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { renameWithRetry } from '../store/files/durableFiles';
import { codeOf } from '../store/errors';
import { ExportError } from './exportError';
import { TABLE_FORMATS, type TableFormat } from './exportTypes';

/** Lies in the folder of an export and says what it holds. */
export const MANIFEST_NAME = 'openwebui-sync-export.json';

/** A file of an export. */
export interface ExportedFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  /** The table that it is of; absent: it holds all of them. */
  readonly table?: string | undefined;
  readonly rows: number;
  readonly bytes: number;
  /** When it was written, in ms since 1970; tells a change by hand. */
  readonly writtenMs?: number | undefined;
  /** Of its rows; '': it was being written. */
  readonly digest: string;
  /** `instances.id`, where the folder is divided by instance. */
  readonly instance?: number | null | undefined;
  /** `YYYY-MM`, where the folder is divided by month. */
  readonly month?: string | null | undefined;
}

/** What a folder holds, as {@link MANIFEST_NAME} keeps it. */
export interface ExportManifest {
  readonly version: 1;
  /** Tells the mirror from others; says nothing else of it. */
  readonly mirror: string;
  /** IANA name of the zone of its local times. */
  readonly zone: string;
  readonly format: TableFormat;
  readonly tables: readonly string[];
  /** `instances.id`; absent: all instances. */
  readonly instance?: number | undefined;
  /** True: people are named by pseudonyms; absent: by their names. */
  readonly isPseudonymised?: true | undefined;
  /** False: an export was broken off; the next one goes on. */
  readonly isComplete: boolean;
  /** Of the mirror's files: the one that was read. */
  readonly generation: number;
  /** When it was read, as `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly exportedAt: string;
  /** What was kept of whom, by `instances.id`: changes with a privacy mode and with each person who is erased. */
  readonly privacy: Readonly<Record<string, string>>;
  readonly files: readonly ExportedFile[];
}

const text = v.pipe(v.string(), v.nonEmpty());
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Files are removed by it: it must not lead out of the folder. */
const inside = v.pipe(
  text,
  v.check((path) => path.split(/[/\\]/u).every((part) => part !== '..' && part !== '')),
);

const manifestSchema = v.object({
  version: v.literal(1),
  mirror: text,
  zone: text,
  format: v.picklist(TABLE_FORMATS),
  tables: v.array(text),
  instance: v.optional(whole),
  isPseudonymised: v.optional(v.literal(true)),
  isComplete: v.boolean(),
  generation: whole,
  exportedAt: text,
  privacy: v.record(v.string(), v.string()),
  files: v.array(
    v.object({
      path: inside,
      table: v.optional(text),
      rows: whole,
      bytes: whole,
      writtenMs: v.optional(v.number()),
      digest: v.string(),
      instance: v.optional(v.nullable(whole)),
      month: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^[\d-]+$/u)))),
    }),
  ),
}) satisfies v.GenericSchema<unknown, ExportManifest>;

/** @returns undefined where there is none @throws ExportError when it is damaged or of a later version */
export function readManifest(output: string): ExportManifest | undefined {
  const path = join(output, MANIFEST_NAME);
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') {
      throw new ExportError(l10n.t('{0} is not a folder. Choose another place.', output));
    }
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), manifestSchema), content);
  if (!parsed.success) {
    throw new ExportError(
      l10n.t('{0} cannot be used. Export to an empty folder, or empty this one first.', path),
    );
  }
  return parsed.output;
}

/** Replaces the manifest as a whole. @param work the work folder of the export */
export function writeManifest(output: string, work: string, manifest: ExportManifest): void {
  const unfinished = join(work, MANIFEST_NAME);
  writeFileSync(unfinished, `${JSON.stringify(manifest, null, 2)}\n`);
  renameWithRetry(unfinished, join(output, MANIFEST_NAME));
}
