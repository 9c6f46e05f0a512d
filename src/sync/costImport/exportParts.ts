import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CostType } from '../../store/costs/costTypes';
import { codeOf } from '../../store/errors';
import { CostFileError } from './importTypes';

/** What Azure writes beside the parts of a partitioned export; only what is used of it. */
const MANIFEST = v.object({
  exportConfig: v.optional(v.object({ type: v.optional(v.string()) })),
  runInfo: v.optional(
    v.object({
      submittedTime: v.optional(v.string()),
      startDate: v.optional(v.string()),
      endDate: v.optional(v.string()),
    }),
  ),
  blobs: v.array(v.object({ blobName: v.string(), dataRowCount: v.optional(v.number()) })),
});

const COST_TYPES: Readonly<Record<string, CostType | 'both'>> = {
  usage: 'actual',
  actualcost: 'actual',
  amortizedcost: 'amortized',
  focuscost: 'both',
};

const PART = /^(?<stem>.*part_)(?<part>\d+)(?:_\d+)?\.csv(?:\.gz)?$/iu;

/** The files of one export. */
export interface ExportParts {
  readonly paths: readonly string[];
  readonly manifest?: Manifest | undefined;
}

/** What a manifest tells of its export. */
export interface Manifest {
  readonly costType: CostType | 'both';
  /** Of all parts; undefined: not told. */
  readonly rows: number | undefined;
  /** First and last day that was asked for, as written. */
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  /** ms since 1970. */
  readonly madeAt: number | undefined;
}

/**
 * The files that make one export: all that a manifest names, all of several parts, or a file alone. A part without the others
 * would replace the days that they share.
 * @throws CostFileError where one is missing
 */
export async function exportParts(paths: readonly string[]): Promise<ExportParts> {
  const [first = ''] = paths;
  const isManifest = /\.json$/iu.test(first);
  if (paths.length > 1 && (paths.some((path) => !PART.test(basename(path))) || foldersOf(paths).size > 1)) {
    throw new CostFileError(
      l10n.t('Import the files of several exports one after another; together only the parts of one.'),
    );
  }
  if (isManifest) {
    return manifestAt(first);
  }
  if (PART.test(basename(first))) {
    await refuseMissing(paths, dirname(first));
  }
  return { paths: [...new Set(paths)] };
}

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  return new Set(
    paths.map((path) => `${dirname(path)} ${PART.exec(basename(path))?.groups?.['stem'] ?? ''}`),
  );
}

async function manifestAt(path: string): Promise<ExportParts> {
  const name = basename(path);
  const found = v.safeParse(MANIFEST, await jsonAt(path));
  if (!found.success || found.output.blobs.length === 0) {
    throw new CostFileError(l10n.t('{0} is no manifest of a cost export: it names no files.', name));
  }
  const { blobs, exportConfig, runInfo } = found.output;
  const costType = COST_TYPES[(exportConfig?.type ?? 'usage').toLowerCase()];
  if (costType === undefined) {
    throw new CostFileError(
      l10n.t('{0} is of an export of "{1}", which holds no costs.', name, exportConfig?.type ?? ''),
    );
  }
  const there = new Set(await readdir(dirname(path)));
  const files = blobs.map(({ blobName }) => blobName.split('/').at(-1) ?? '');
  const missing = files.filter((file) => !there.has(file));
  if (missing.length > 0) {
    throw new CostFileError(
      l10n.t('{0} names files that are not beside it: {1}. Copy them there.', name, missing.join(', ')),
    );
  }
  const counts = blobs.map(({ dataRowCount }) => dataRowCount);
  const madeAt = Date.parse(runInfo?.submittedTime ?? '');
  return {
    paths: files.map((file) => join(dirname(path), file)),
    manifest: {
      costType,
      rows: counts.reduce(
        (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
        0,
      ),
      startDate: runInfo?.startDate,
      endDate: runInfo?.endDate,
      madeAt: Number.isNaN(madeAt) ? undefined : madeAt,
    },
  };
}

async function jsonAt(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? new CostFileError(l10n.t('There is no file {0}.', path)) : error;
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ''));
  } catch {
    return undefined;
  }
}

async function refuseMissing(paths: readonly string[], folder: string): Promise<void> {
  const stem = PART.exec(basename(paths[0] ?? ''))?.groups?.['stem'];
  const given = new Set(paths.map((path) => basename(path)));
  const beside = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') {
      return [];
    }
    throw error;
  });
  const parts = beside.filter((file) => PART.exec(file)?.groups?.['stem'] === stem);
  const others = parts.filter((file) => !given.has(file));
  if (others.length > 0) {
    throw new CostFileError(
      l10n.t(
        'This is one export in several files. Import all of them together ({0} too), or its manifest.json.',
        others.join(', '),
      ),
    );
  }
  const numbers = [...given]
    .map((file) => Number(PART.exec(file)?.groups?.['part'] ?? 0))
    .sort((one, other) => one - other);
  const [lowest = 0] = numbers;
  if (lowest > 1 || numbers.some((number, index) => number !== lowest + index)) {
    throw new CostFileError(
      l10n.t('Parts of the export are missing: there are only {0}.', [...given].sort().join(', ')),
    );
  }
}
